export interface ProgressBar {
  show: (done: number, all: number, text: string) => void;
  end: () => void;
}

const WIDTH = 30;

/** On a terminal only: a log of it would be noise. */
export const progressBar = (stream: Pick<NodeJS.WriteStream, 'write' | 'isTTY'>): ProgressBar => {
  let last = '';
  return {
    show: (done, all, text) => {
      if (!stream.isTTY) return;
      const share = Math.min(1, done / Math.max(1, all));
      const full = Math.round(share * WIDTH);
      const line = `[${'#'.repeat(full)}${' '.repeat(WIDTH - full)}] ${Math.floor(share * 100)}% ${text}`;
      if (line !== last) stream.write(`\r${line}\x1b[K`);
      last = line;
    },
    end: () => {
      if (stream.isTTY && last !== '') stream.write('\r\x1b[K');
    },
  };
};
