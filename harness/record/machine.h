/* machine: the properties of this machine that matter for a measurement. They are in every run log. */
#ifndef TWOFOLD_RECORD_MACHINE_H
#define TWOFOLD_RECORD_MACHINE_H

#include <stdbool.h>
#include <stdint.h>

struct machine {
    char *cpu;            /* the name of the model */
    char *architecture;   /* "x86_64" */
    char *kernel;         /* its release */
    char *system;         /* "Debian GNU/Linux 12 (bookworm)" */
    char *virtualization; /* "kvm", "none", "unknown" … */
    char *governor;       /* of core 0; "unknown" if the system does not report it */
    char *clocksource;
    char *congestion_control; /* TCP's default: "cubic", "bbr"; NULL if it was not recorded */
    unsigned cores;           /* that this process can use */
    uint64_t memory_bytes;
    uint64_t swap_bytes;
    uint64_t swap_used_bytes;
    uint64_t file_descriptor_limit; /* on file descriptors: the soft RLIMIT_NOFILE */
    uint64_t ports;                 /* for outgoing connections; 0 if it is not known */
    uint64_t somaxconn;             /* the highest length of an accept queue */
    bool turbo_known, turbo;        /* whether the clock rate can be boosted */
    double load1;                   /* the load average over one minute when the run began */
    double steal_share;             /* of the time of all cores since boot */
    double quota_cores;             /* the CPU quota of the control group, in cores; 0 if none was found */
    bool counters_hidden;  /* /proc shows processes only (subset=pid), no counters of the machine; false in files that
                            * are older */
    bool other_run;        /* another run of twofold was under way on it when this one began; false in older files */
    bool processes_hidden; /* /proc hides the processes of other users (hidepid); false in older files */
    uint64_t group_memory_limit_bytes; /* the memory limit of the control group; 0 if none was found */
};

void machine_release(struct machine *machine);

#endif
