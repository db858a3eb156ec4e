// The workers as a crew: every seat is taken, again and again; a roll replaces one after the other while all serve.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Metric } from '../domain/metric.ts';
import { CrewFailed } from '../serving/end-process.ts';
import type { RunChange } from '../store/store.ts';
import type { ChangeCount } from './change-count.ts';
import { Member } from './member.ts';
import type { ToPrimary } from './messages.ts';
import { MeterRounds } from './meter-rounds.ts';
import type { Reception } from './reception.ts';
import { WriteDesk } from './write-desk.ts';

/** One that ends sooner after it began to serve has not begun. */
const STEADY_MS = 1_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 10_000;
/** A worker that leaves in a roll has its own limit; this one is for a worker that is stuck. */
const ROLL_LIMIT_MS = 40_000;

/** What the workers are given once the shop is open. */
export interface Work {
  setupCode: string | null;
  run: RunChange;
  reception: Reception;
}

interface Seat {
  number: number;
  member: Member | null;
  /** How often in a row a worker fell here that had hardly begun. */
  falls: number;
}

export class Crew {
  readonly #logger: Logger;
  readonly #rounds: MeterRounds;
  readonly #seats: Seat[];
  readonly #living = new Set<Member>();
  readonly #desks = new WeakMap<Member, WriteDesk>();
  readonly #count: ChangeCount | null;
  #work: Work | null = null;
  #isStopping = false;
  #isRolling = false;
  /** The new worker that an old one waits for. */
  #trial: Member | null = null;
  #changes: Promise<boolean> = Promise.resolve(true);

  /** `own`: what the primary measures. `count`: where the workers do not see in the store what the others changed. */
  constructor(size: number, logger: Logger, own: () => Metric[], count: ChangeCount | null) {
    this.#logger = logger;
    this.#count = count;
    this.#rounds = new MeterRounds(own);
    this.#seats = Array.from({ length: size }, (_, index) => ({ number: index + 1, member: null, falls: 0 }));
    // The first one loads its program while the primary opens the shop.
    this.#fill(this.#seats[0] as Seat);
  }

  /** Resolves when every seat was taken once. Rejects with CrewFailed when the first worker cannot serve. */
  async serve(work: Work): Promise<void> {
    this.#work = work;
    const [first, ...others] = this.#seats as [Seat, ...Seat[]];
    const member = first.member as Member;
    member.send({ kind: 'open', setupCode: work.setupCode });
    const ready = others.map((seat) => this.#fill(seat).ready);
    if (!(await member.ready)) throw new CrewFailed((await member.gone).code ?? 1);
    await Promise.all(ready);
  }

  /** Resolves when the last worker has gone. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    const leaving = [...this.#living];
    for (const member of leaving) member.leave(false);
    await Promise.all(leaving.map(({ gone }) => gone));
  }

  /** One seat after the other: the new worker serves before the old one leaves. */
  async roll(): Promise<void> {
    if (this.#isRolling) return;
    this.#isRolling = true;
    for (const seat of this.#seats) {
      const member = seat.member;
      if (!(await this.#inTurn(() => this.#replace(seat, member)))) break;
    }
    this.#isRolling = false;
  }

  /** One new worker at a time: a machine with few processors has enough to do with it. */
  #inTurn(work: () => Promise<boolean>): Promise<boolean> {
    const done = this.#changes.then(work);
    this.#changes = done;
    return done;
  }

  /** False where the new worker could not start. `old` may have been replaced meanwhile: then it is done. */
  async #replace(seat: Seat, old: Member | null): Promise<boolean> {
    if (this.#isStopping) return false;
    if (seat.member !== old) return true;
    const fresh = this.#fill(seat);
    this.#trial = fresh;
    const serves = await fresh.ready;
    this.#trial = null;
    if (!serves) {
      if (this.#isStopping) return false;
      this.#logger.error({ worker: seat.number }, 'a new worker could not start; the old ones go on');
      seat.member = old;
      if (old === null || !this.#living.has(old)) this.#refill(seat);
      return false;
    }
    if (!old) return true;
    this.#work?.reception.dismiss(old);
    old.leave(true);
    void sleep(ROLL_LIMIT_MS, null, { ref: false }).then(() => old.kill());
    await old.gone;
    return !this.#isStopping;
  }

  #fill(seat: Seat): Member {
    const member: Member = new Member(
      seat.number,
      (message) => this.#hear(seat, member, message),
      this.#count?.fd ?? null,
    );
    seat.member = member;
    this.#living.add(member);
    if (this.#work) member.send({ kind: 'open', setupCode: this.#work.setupCode });
    void member.gone.then(({ code, signal }) => {
      this.#living.delete(member);
      this.#work?.reception.bury(member);
      this.#rounds.bury(member);
      this.#appoint();
      if (this.#isStopping || member.isLeaving || !this.#work) return;
      this.#logger.error({ worker: seat.number, code, signal }, 'a worker ended');
      // Where a roll has put another one there, that one is waited for.
      if (seat.member === member && member !== this.#trial) this.#refill(seat, member);
    });
    return member;
  }

  #hear(seat: Seat, member: Member, message: ToPrimary): void {
    // Nobody says anything before the shop is open.
    const { reception } = this.#work as Work;
    switch (message.kind) {
      case 'changes':
        this.#deskOf(member).take(message.changes);
        break;
      case 'resigned':
        void this.#inTurn(() => this.#replace(seat, member));
        break;
      case 'ready':
        this.#logger.info({ worker: seat.number, pid: member.pid }, 'a worker serves');
        this.#appoint();
        reception.admit(member);
        break;
      case 'meters':
        this.#rounds.take(member, message.id, message.metrics);
        break;
      case 'ask-meters':
        void this.#rounds
          .ask([...this.#living].filter(({ readyAt }) => readyAt !== null))
          .then((readings) => member.send({ kind: 'all-meters', id: message.id, readings }));
        break;
      case 'taken':
        reception.letGo(member);
        if (member.isServing) reception.admit(member);
    }
  }

  /** All can see that something may have changed before the one who asked is answered: it tells its caller at once. */
  readonly #runAndCount: RunChange = (name, args, by) =>
    (this.#work as Work).run(name, args, by).finally(() => this.#count?.raise());

  #deskOf(member: Member): WriteDesk {
    const desk =
      this.#desks.get(member) ??
      new WriteDesk(this.#runAndCount, (answers) => member.send({ kind: 'answers', answers }));
    this.#desks.set(member, desk);
    return desk;
  }

  /** At once for one that served; one that falls again and again is waited for longer and longer. */
  #refill(seat: Seat, fallen?: Member): void {
    const since = fallen?.readyAt ?? null;
    seat.falls = since !== null && performance.now() - since >= STEADY_MS ? 0 : seat.falls + 1;
    const pause = seat.falls < 2 ? 0 : Math.min(FIRST_PAUSE_MS * 2 ** (seat.falls - 2), LONGEST_PAUSE_MS);
    setTimeout(() => {
      if (!this.#isStopping && seat.member === (fallen ?? seat.member)) this.#fill(seat);
    }, pause);
  }

  /** The first seat's worker leads, once no other one of that seat is left that might. */
  #appoint(): void {
    const member = this.#seats[0]?.member;
    if (!member?.isServing || member.leads) return;
    if ([...this.#living].some((other) => other !== member && other.seat === member.seat)) return;
    member.leads = true;
    member.send({ kind: 'lead' });
  }
}
