export { describePermission } from './describe-permission.ts';
export { judgePermission, type Bar, type Permission, type PermissionReason } from './permission.ts';
export { Permissions, type Somebody } from './permissions.ts';
