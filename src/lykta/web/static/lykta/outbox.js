// A stand-in until the queue is here.
export const queue = {
  keep: async () => alert("offline"),
  done: () => location.reload(),
};
