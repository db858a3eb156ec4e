import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PERMISSIONS, type Permission, permissionsOf, type Role, STAFF_PERMISSIONS } from './permissions.ts';
import { mayManage, rightsAfter } from './user.ts';

const rights = (role: Role, permissions: Permission[] = [], appointed = true) => ({
  role,
  permissions,
  appointed,
});

describe('rights', () => {
  it('are everything for an admin, what was granted for staff, nothing for a user', () => {
    assert.deepEqual(permissionsOf(rights('admin')), PERMISSIONS);
    assert.deepEqual(permissionsOf(rights('staff', ['orders.read'])), ['orders.read']);
    assert.deepEqual(permissionsOf(rights('user', ['orders.read'])), []);
  });

  it('start with the usual ones where an account becomes staff, unless others are named', () => {
    const usual = [...STAFF_PERMISSIONS];
    const stranger = rights('staff', [], false);
    assert.deepEqual(rightsAfter(stranger, {}), stranger);
    assert.deepEqual(rightsAfter(stranger, { role: 'staff' }), rights('staff', usual));
    assert.deepEqual(rightsAfter(rights('admin'), { role: 'staff' }), rights('staff', usual));
    assert.deepEqual(rightsAfter(rights('admin'), { role: 'staff', permissions: [] }), rights('staff'));
    const some = rights('staff', ['orders.read']);
    assert.deepEqual(rightsAfter(some, { role: 'staff' }), some);
    assert.deepEqual(
      rightsAfter(stranger, { permissions: ['orders.read'] }),
      some,
      'granting permissions appoints',
    );
    assert.deepEqual(rightsAfter(stranger, { role: 'user' }), rights('user'));
  });

  it('are given and taken by those who hold them, and manage accounts', () => {
    const active = { isActive: true };
    const owner = { ...rights('admin'), ...active };
    const manager = { ...rights('staff', ['users.manage', 'orders.read']), ...active };
    assert.equal(mayManage(owner, rights('admin')), true);
    assert.equal(mayManage({ ...owner, isActive: false }, rights('staff')), false);
    assert.equal(mayManage({ ...manager, isActive: false }, rights('staff')), false);
    assert.equal(mayManage({ ...manager, role: 'user' }, rights('staff')), false);
    assert.equal(mayManage({ ...manager, permissions: ['orders.read'] }, rights('staff')), false);
    assert.equal(mayManage(manager, rights('staff', ['orders.read'])), true);
    assert.equal(mayManage(manager, rights('staff', ['orders.write'])), false);
    assert.equal(mayManage(manager, rights('user', ['orders.write'])), false, 'idle ones could wake');
    assert.equal(mayManage({ ...rights('staff', [...PERMISSIONS]), ...active }, rights('admin')), false);
  });
});
