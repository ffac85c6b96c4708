/** What can go wrong between GitHub and a hook, on demand. */
export interface WebhookFaults {
  /** The next `count` deliveries never arrive. They stay in the log and can be redelivered. */
  lose(count: number): void;
  /** The next `count` deliveries arrive twice, under the same guid. */
  repeat(count: number): void;
  /** Every delivery from now on is held back this long; 0 ends it. */
  delay(milliseconds: number): void;
  /** Deliveries are gathered in groups of this size and each group goes out last one first; 1 ends it. */
  reorder(windowSize: number): void;
}

/** The faults that are set now, read and used up by the sender. */
export interface FaultState {
  lost: number;
  repeated: number;
  delayMs: number;
  windowSize: number;
}

/** Controls over a fault state. Shrinking the window calls `onWindowChange`, so that nothing stays held back. */
export function controlFaults(state: FaultState, onWindowChange: () => void): WebhookFaults {
  return {
    lose: (count) => {
      state.lost += count;
    },
    repeat: (count) => {
      state.repeated += count;
    },
    delay: (milliseconds) => {
      state.delayMs = milliseconds;
    },
    reorder: (windowSize) => {
      state.windowSize = Math.max(1, windowSize);
      onWindowChange();
    },
  };
}
