// Makes a page's time run faster, so that ten minutes without a network pass in half one: timers
// and clocks of the page, nothing of the network. Runs in the page, before its own program; the
// page starts at the usual speed, and `hurryTo(n)` changes it at any time.
export function hurry() {
  const { setTimeout, setInterval } = globalThis;
  let speed = 1;
  const paced = (read) => {
    // Where the hurried clock stood when the speed last changed: it never jumps.
    let since = read();
    let stood = since;
    const clock = () => stood + (read() - since) * speed;
    return { clock, mark: () => ([stood, since] = [clock(), read()]) };
  };
  const date = paced(Date.now.bind(Date));
  const tick = paced(performance.now.bind(performance));
  Date.now = date.clock;
  performance.now = tick.clock;
  globalThis.setTimeout = (run, ms = 0, ...rest) => setTimeout(run, ms / speed, ...rest);
  globalThis.setInterval = (run, ms = 0, ...rest) => setInterval(run, ms / speed, ...rest);
  globalThis.hurryTo = (next) => {
    date.mark();
    tick.mark();
    speed = next;
  };
}
