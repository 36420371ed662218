/* machine_counters: what the machine as a whole has done since it booted: its cores, TCP, memory and pressure, and the
 * control group that harness and service are in. */
#ifndef TWOFOLD_HOST_MACHINE_MACHINE_COUNTERS_H
#define TWOFOLD_HOST_MACHINE_MACHINE_COUNTERS_H

#include "base/core_set.h"
#include "host/machine/link_counters.h"
#include "host/proc/proc_reader.h"
#include "record/sample.h"

#include <stddef.h>
#include <sys/types.h>

struct machine_counters {
    struct proc_file stat, netstat, snmp, dev, vmstat, pressure_cpu, pressure_memory, pressure_io;
    struct proc_file group_cpu, group_memory;
    char *group_cpu_path, *group_memory_path; /* of the control group around this process; NULL: none */
    struct link_counters links;               /* of the network namespace below */
    pid_t network_of;                         /* a process in the network namespace that is read; 0: this process's */
};

void machine_counters_init(struct machine_counters *counters);

/* The size of the buffer that a reader needs for these files on this machine, in bytes. */
size_t machine_counters_buffer(void);

/* Lets what the network does be that of the network namespace of `pid`, as a container has one of its own. A process
 * that is gone, or whose namespace may not be looked at, leaves it as it is. Between steps only: counters of another
 * namespace do not go on where those before ended. */
void machine_counters_follow(struct machine_counters *counters, struct proc_reader *reader, pid_t pid);

/* Fills the parts "the machine" and "the control group" of `*ret_sample`. What is unknown stays 0; an unknown pressure
 * is -1. */
void machine_counters_read(struct machine_counters *counters, struct proc_reader *reader,
                           const struct core_set *service_cores, struct sample *ret_sample);

void machine_counters_release(struct machine_counters *counters, struct proc_reader *reader);

#endif
