// Loaded first into every process of the shop: it ends when its launcher is gone, even when that was killed.
// A process that it forks inherits this file but has another parent, and other uses for its channel.
const launcher = Number(process.env.LAUNCHER_PID)
if (process.ppid === launcher) {
  process.channel?.unref()
  process.once('disconnect', end)
} else if (!runs(launcher)) {
  end()
}

function end() {
  process.kill(process.pid, 'SIGTERM')
}

function runs(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
