/* cpu_account: the CPU time of one process and of its children that have ended, each child counted once.
 *
 * The kernel charges a parent with what a child has used, and with what that child was charged, at the moment when the
 * parent waits for it (cutime and cstime, fields 16 and 17 of /proc/PID/stat). That is the only trace of a child that
 * lived between two readings. A child that was seen alive is in that charge too, unless nobody waited for it: its
 * parent ignores SIGCHLD, or had ended before it. So a charge first pays for the children that were seen and have
 * ended; what it lacks is owed, and what is more than that was used by children that nobody saw.
 *
 * The kernel adds the times up in nanoseconds and shows them in ticks (10 ms), user and system each rounded down. A
 * total is therefore at most two ticks too low for each process of the tree, however many children have ended. It is
 * too low as well by what one parent's unwaited children used, as far as other children of it were waited for and never
 * seen in that reading. It is never too high, and never falls. */
#ifndef TWOFOLD_HOST_PROC_CPU_ACCOUNT_H
#define TWOFOLD_HOST_PROC_CPU_ACCOUNT_H

#include <stdint.h>

/* `= {0}` is a process that has used nothing. All in ns. */
struct cpu_account {
    uint64_t own;     /* used by its own threads, also by those that have ended */
    uint64_t charged; /* for children that it has waited for */

    uint64_t grown; /* of that, since the account was settled */
    uint64_t ended; /* used by children that were seen and have ended, since the account was settled */
    uint64_t owed;  /* the same before that, as far as no charge has paid for it */
};

/* A reading of what it has used and of what it was charged. A value below an earlier one changes nothing. */
void cpu_account_read(struct cpu_account *account, uint64_t own, uint64_t charged);

/* A child of it has ended, with this total. */
void cpu_account_end_child(struct cpu_account *account, uint64_t total);

/* Holds the charges against the children that have ended, once a reading is complete. */
void cpu_account_settle(struct cpu_account *account);

/* What it and its children that have ended have used. */
uint64_t cpu_account_total(const struct cpu_account *account);

#endif
