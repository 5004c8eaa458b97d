/** Who ended the transfer of a body before its end, and why. */
export type Cut =
  /** Sent nothing for too long. */
  | 'service-silent'
  /** Took nothing of a client's body for too long. */
  | 'service-stalled'
  /** Closed the connection in the middle of its answer. */
  | 'service-broke-off'
  /** Sent nothing of its body for too long. */
  | 'client-silent'
  /** Did not send its body within the time for the whole of it. */
  | 'client-slow'
  /** Took nothing of an answer for too long. */
  | 'client-stalled'
  /** Closed the connection in the middle of an answer. */
  | 'client-left'
  /** The time for the whole of an answer was over. */
  | 'gateway-lifetime'
  /** The gateway shut down. */
  | 'gateway-drain'
