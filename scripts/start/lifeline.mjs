// Loaded first into every process of the shop: it ends when its launcher is gone, even when that was killed.
// What it starts in turn inherits this file but has another parent, so that one has to look by itself.
const LOOK_EVERY_MS = 1_000
const launcher = Number(process.env.LAUNCHER_PID)

if (process.ppid === launcher) {
  process.channel?.unref()
  process.once('disconnect', endGroup)
} else {
  lookForLauncher()
  setInterval(lookForLauncher, LOOK_EVERY_MS).unref()
}

function lookForLauncher() {
  try {
    process.kill(launcher, 0)
  } catch {
    endGroup()
  }
}

/** Each process that the launcher starts leads a group; a watcher, say, would start again what ends alone. */
function endGroup() {
  process.kill(0, 'SIGTERM')
}
