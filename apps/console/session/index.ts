/** Who is signed in. */
export { isAdmin, mayOperate, mayWrite, SessionContext, useSignedIn, type SignedIn } from './session-context.ts';
export { Opening } from './opening.tsx';
export { SignIn } from './sign-in.tsx';
export { useSession } from './use-session.ts';
