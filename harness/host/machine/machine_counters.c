#include "host/machine/machine_counters.h"

#include "host/cgroup/control_group.h"
#include "host/proc/proc_text.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The first lines of /proc/stat, one per core, have at most 220 bytes each. */
size_t machine_counters_buffer(void)
{
    long cores = sysconf(_SC_NPROCESSORS_CONF);
    return 32768 + (size_t)(cores > 0 ? cores : 1) * 256;
}

static void add_line(const char *line, const struct core_set *service_cores, struct sample *sample)
{
    struct proc_core_times times;

    if (proc_text_core_times(line, &times) != 0) {
        return;
    }
    if (line[3] == ' ') {
        sample->busy_ns = proc_text_ticks_ns(times.busy_ticks);
        sample->steal_ns = proc_text_ticks_ns(times.steal_ticks);
    } else if (core_set_has(service_cores, (unsigned)strtoul(line + 3, NULL, 10))) {
        sample->service_cores_busy_ns += proc_text_ticks_ns(times.busy_ticks);
        sample->service_cores_kernel_ns += proc_text_ticks_ns(times.kernel_ticks);
        sample->service_cores_steal_ns += proc_text_ticks_ns(times.steal_ticks);
    }
}

static void read_cores(struct machine_counters *counters, struct proc_reader *reader,
                       const struct core_set *service_cores, struct sample *sample)
{
    if (proc_reader_read(reader, &counters->stat, AT_FDCWD, "/proc/stat") <= 0) {
        return;
    }
    for (const char *line = reader->buffer; line != NULL && strncmp(line, "cpu", 3) == 0;) {
        add_line(line, service_cores, sample);
        line = strchr(line, '\n');
        if (line != NULL) {
            line++;
        }
    }
}

/* A file of the network namespace that is read. */
static bool read_network(struct machine_counters *counters, struct proc_reader *reader, struct proc_file *file,
                         const char *name)
{
    char path[64] = "";

    if (counters->network_of == 0) {
        snprintf(path, sizeof path, "/proc/self/net/%s", name);
    } else {
        snprintf(path, sizeof path, "/proc/%d/net/%s", (int)counters->network_of, name);
    }
    return proc_reader_read(reader, file, AT_FDCWD, path) > 0;
}

static void read_tcp(struct machine_counters *counters, struct proc_reader *reader, struct sample *sample)
{
    if (read_network(counters, reader, &counters->netstat, "netstat")) {
        proc_text_column(reader->buffer, "TcpExt:", "ListenOverflows", &sample->listen_overflows);
    }
    if (read_network(counters, reader, &counters->snmp, "snmp")) {
        proc_text_column(reader->buffer, "Tcp:", "RetransSegs", &sample->retransmits);
    }
    if (read_network(counters, reader, &counters->dev, "dev")) {
        link_counters_read(&counters->links, reader->buffer, sample);
    }
}

static void read_vmstat(struct machine_counters *counters, struct proc_reader *reader, struct sample *sample)
{
    uint64_t in = 0, out = 0;

    if (proc_reader_read(reader, &counters->vmstat, AT_FDCWD, "/proc/vmstat") > 0) {
        proc_text_number(reader->buffer, "oom_kill ", &sample->oom_kills);
        proc_text_number(reader->buffer, "pswpin ", &in);
        proc_text_number(reader->buffer, "pswpout ", &out);
        sample->swapped_pages = in + out;
    }
}

/* Version 2 counts microseconds, version 1 nanoseconds. */
static void read_group(struct machine_counters *counters, struct proc_reader *reader, struct sample *sample)
{
    uint64_t microseconds;

    if (counters->group_cpu_path != NULL &&
        proc_reader_read(reader, &counters->group_cpu, AT_FDCWD, counters->group_cpu_path) > 0) {
        if (proc_text_number(reader->buffer, "throttled_usec ", &microseconds) == 0) {
            sample->group_throttled_ns = microseconds * 1000;
        } else {
            proc_text_number(reader->buffer, "throttled_time ", &sample->group_throttled_ns);
        }
    }
    if (counters->group_memory_path != NULL &&
        proc_reader_read(reader, &counters->group_memory, AT_FDCWD, counters->group_memory_path) > 0) {
        proc_text_number(reader->buffer, "", &sample->group_memory_bytes);
    }
}

void machine_counters_init(struct machine_counters *counters)
{
    *counters = (struct machine_counters){0};
    counters->group_cpu_path = control_group_cpu_path("");
    counters->group_memory_path = control_group_memory_path("");
    link_counters_find(&counters->links, "");
}

static bool namespace_of(pid_t pid, char *ret_name, size_t size)
{
    char path[64];

    snprintf(path, sizeof path, "/proc/%d/ns/net", (int)pid);
    ssize_t length = readlink(path, ret_name, size - 1);
    ret_name[length > 0 ? length : 0] = '\0';
    return length > 0;
}

void machine_counters_follow(struct machine_counters *counters, struct proc_reader *reader, pid_t pid)
{
    char own[64], its[64], now[64];
    pid_t before = counters->network_of;

    if (!namespace_of(getpid(), own, sizeof own) || !namespace_of(pid, its, sizeof its)) {
        return;
    }
    if (namespace_of(before != 0 ? before : getpid(), now, sizeof now) && strcmp(its, now) == 0) {
        return;
    }
    proc_reader_drop(reader, &counters->netstat);
    proc_reader_drop(reader, &counters->snmp);
    proc_reader_drop(reader, &counters->dev);
    link_counters_release(&counters->links);
    counters->network_of = strcmp(its, own) == 0 ? 0 : pid;
    if (counters->network_of == 0) { /* the hardware of another namespace does not show in /sys here */
        link_counters_find(&counters->links, "");
    }
}

static double read_pressure(struct proc_file *file, struct proc_reader *reader, const char *path)
{
    double percent = -1;

    if (proc_reader_read(reader, file, AT_FDCWD, path) > 0) {
        proc_text_pressure(reader->buffer, &percent);
    }
    return percent;
}

void machine_counters_read(struct machine_counters *counters, struct proc_reader *reader,
                           const struct core_set *service_cores, struct sample *ret_sample)
{
    read_cores(counters, reader, service_cores, ret_sample);
    read_tcp(counters, reader, ret_sample);
    read_vmstat(counters, reader, ret_sample);
    read_group(counters, reader, ret_sample);
    ret_sample->pressure_cpu = read_pressure(&counters->pressure_cpu, reader, "/proc/pressure/cpu");
    ret_sample->pressure_memory = read_pressure(&counters->pressure_memory, reader, "/proc/pressure/memory");
    ret_sample->pressure_io = read_pressure(&counters->pressure_io, reader, "/proc/pressure/io");
}

void machine_counters_release(struct machine_counters *counters, struct proc_reader *reader)
{
    proc_reader_drop(reader, &counters->stat);
    proc_reader_drop(reader, &counters->netstat);
    proc_reader_drop(reader, &counters->snmp);
    proc_reader_drop(reader, &counters->dev);
    link_counters_release(&counters->links);
    proc_reader_drop(reader, &counters->vmstat);
    proc_reader_drop(reader, &counters->group_cpu);
    proc_reader_drop(reader, &counters->group_memory);
    free(counters->group_cpu_path);
    free(counters->group_memory_path);
    proc_reader_drop(reader, &counters->pressure_cpu);
    proc_reader_drop(reader, &counters->pressure_memory);
    proc_reader_drop(reader, &counters->pressure_io);
}
