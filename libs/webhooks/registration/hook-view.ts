import type { RegistrationStatus } from '@millrace/sdk';

/** A connection's webhook as it is shown. */
export interface HookView {
  connection: string;
  /** Where the vendor has to deliver. */
  url: string;
  /** disabled: deliveries are answered with 503, so that the vendor sends them again. */
  state: 'receiving' | 'disabled';
  /** Why it is disabled. */
  reason?: string;
  lastDelivery: { id: string; receivedAt: string } | null;
  /** Deliveries that were not let in. */
  refused: { count: number; lastAt: string; lastMessage: string } | null;
  registration: RegistrationView;
}

export interface RegistrationView {
  /** Millrace can register it with the vendor. */
  supported: boolean;
  /** none: not registered by Millrace; unknown: the vendor did not answer. */
  state: RegistrationStatus['state'] | 'none' | 'unknown';
  /** The address that it was registered under. */
  url?: string;
  registeredAt?: string;
  topics?: string[];
  message?: string;
}
