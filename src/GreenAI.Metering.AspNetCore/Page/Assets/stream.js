// The stream of snapshots: opened, watched, opened again when it drops.

const silence = 6000;
const longestPause = 15000;
const hiddenPause = 60000;

export function watch(address, { onHistory, onSnapshot, onState }) {
  let source = null;
  let pause = 1000;
  let heard = performance.now();
  let reopening = 0;
  let hidden = 0;

  function open() {
    clearTimeout(reopening);
    reopening = 0;
    source?.close();
    heard = performance.now();
    source = new EventSource(address);
    source.addEventListener('history', event => onHistory(JSON.parse(event.data)));
    source.addEventListener('snapshot', event => {
      heard = performance.now();
      pause = 1000;
      onState('live');
      onSnapshot(JSON.parse(event.data));
    });
    source.addEventListener('error', () => {
      onState('lost');
      // A server that refuses ends a stream for good, unlike one that is gone: then it is for us to come again.
      if (source.readyState === EventSource.CLOSED) later();
    });
  }

  function later() {
    if (reopening) return;
    reopening = setTimeout(open, pause);
    pause = Math.min(pause * 2, longestPause);
  }

  function close() {
    clearTimeout(reopening);
    reopening = 0;
    source?.close();
    source = null;
  }

  setInterval(() => {
    if (!source || reopening || performance.now() - heard < silence) return;
    onState('lost');
    source.close();
    later();
  }, 1000);

  // Nobody looks at a hidden page: the service need not make snapshots for it.
  document.addEventListener('visibilitychange', () => {
    clearTimeout(hidden);
    if (document.hidden) hidden = setTimeout(close, hiddenPause);
    else if (!source) open();
  });

  open();
}
