/* machine: what this machine is, as far as it bears on a measurement: the fingerprint in every run log. */
#ifndef TWOFOLD_RECORD_MACHINE_H
#define TWOFOLD_RECORD_MACHINE_H

#include <stdbool.h>
#include <stdint.h>

struct machine {
    char *cpu;            /* model name */
    char *architecture;   /* x86_64 */
    char *kernel;         /* release */
    char *system;         /* "Debian GNU/Linux 12 (bookworm)" */
    char *virtualization; /* "kvm", "none", "unknown", … */
    char *governor;       /* of core 0; "unknown" where the system does not say */
    char *clocksource;
    char *congestion_control; /* of TCP where a program asks for none: "cubic", "bbr"; NULL: not recorded */
    unsigned cores;           /* that this process may use */
    uint64_t memory_bytes;
    uint64_t swap_bytes;
    uint64_t swap_used_bytes;
    uint64_t descriptor_limit; /* soft RLIMIT_NOFILE */
    uint64_t ports;            /* for outgoing connections; 0: not known */
    uint64_t somaxconn;
    bool turbo_known, turbo;           /* boost clock on */
    double load1;                      /* load average over one minute when the run began */
    double steal_share;                /* of all core time since boot */
    double quota_cores;                /* CPU time that the control group allows, in cores; 0: no quota seen */
    uint64_t group_memory_limit_bytes; /* memory that the control group allows; 0: no limit seen */
};

void machine_release(struct machine *machine);

#endif
