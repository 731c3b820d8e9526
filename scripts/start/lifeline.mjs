// Loaded first into every process of the shop: it ends when its launcher is gone, even when that was killed.
// A process that it forks inherits this file but has another parent, and other uses for its channel.
if (process.ppid === Number(process.env.LAUNCHER_PID)) {
  process.channel?.unref()
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
}
