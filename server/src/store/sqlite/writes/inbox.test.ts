import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { aBy } from '../../contract-suite/builders.ts';
import type { Command } from './door.ts';
import { Group } from './group.ts';
import { type Bell, Inbox, isIdle, makeBell, ring } from './inbox.ts';
import { pack } from './parcel.ts';

const command = (name: string): Command => ({ shopId: 'main', name, args: [], by: aBy() });

describe('what waits for the writer', () => {
  let far: MessagePort;
  let near: MessagePort;
  let bell: Bell;
  let inbox: Inbox;

  beforeEach(() => {
    const { port1, port2 } = new MessageChannel();
    [far, near] = [port1, port2];
    bell = makeBell();
    inbox = new Inbox(near, bell);
  });
  afterEach(() => far.close());

  const send = (...ids: number[]): void => {
    far.postMessage(ids.map((id) => pack({ id, command: command(`n${id}`) })));
    ring(bell);
  };
  const takeAll = (): number[] => {
    const ids: number[] = [];
    for (let taken = inbox.take(); taken; taken = inbox.take()) ids.push(taken.id);
    return ids;
  };

  it('is found without a turn of the event loop, each once and in its order', () => {
    send(1, 2);
    send(3);
    assert.equal(inbox.size, 0);
    inbox.look();
    assert.equal(inbox.size, 3);
    assert.equal(inbox.take()?.id, 1);
    send(4);
    inbox.look();
    assert.deepEqual(takeAll(), [2, 3, 4]);
    assert.equal(inbox.take(), null);
    assert.equal(inbox.size, 0);
  });

  it('is asked for by a writer that stands still, until something was sent', () => {
    assert.equal(isIdle(bell), false);
    inbox.wait(1);
    assert.equal(isIdle(bell), true);
    send(1);
    assert.equal(isIdle(bell), false);
    inbox.wait(1);
    assert.equal(isIdle(bell), false, 'it has something to do');
    takeAll();
    inbox.idle();
    assert.equal(isIdle(bell), true);
  });

  it('is not waited for where something came meanwhile, or nothing will come any more', () => {
    const forever = Number.POSITIVE_INFINITY;
    send(1);
    inbox.wait(forever);
    inbox.wait(forever);
    assert.deepEqual(takeAll(), [1]);
    far.postMessage('close');
    ring(bell);
    inbox.wait(forever);
    assert.ok(inbox.isClosing);
    inbox.wait(forever);
  });

  it('is waited for no longer than was said', () => {
    inbox.wait(1);
    assert.equal(inbox.size, 0);
  });
});

describe('a group', () => {
  it('takes in those who come while it runs, and runs the same ones again', () => {
    const coming = [command('third'), command('fourth')];
    const group = new Group([command('first'), command('second')], () => coming.shift() ?? null);
    const names = (): string[] => [...group].map(({ name }) => name);
    assert.deepEqual(names(), ['first', 'second', 'third', 'fourth']);
    coming.push(command('fifth'));
    assert.deepEqual(names(), ['first', 'second', 'third', 'fourth', 'fifth']);
  });

  it('knows whom it took in, also when it broke off in their middle', () => {
    const coming = [command('second'), command('third')];
    const group = new Group([command('first')], () => coming.shift() ?? null);
    for (const { name } of group) if (name === 'second') break;
    assert.deepEqual(
      group.members.map(({ name }) => name),
      ['first', 'second'],
    );
  });
});
