#include "host/machine/advice.h"

#include "base/list.h"
#include "base/mem.h"
#include "base/units.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum {
    FILE_DESCRIPTORS_WANTED = 65536, /* connections are kept open, on both ends, and doubled */
    FILE_DESCRIPTORS_LEAST = 8192,
    PORTS_LEAST = 16384,
    BACKLOG_LEAST = 4096, /* what Go asks for; a smaller somaxconn reduces it */
};

/* The list takes over both strings. */
static void add(struct advice_list *list, enum advice_severity severity, char *text, char *command)
{
    struct advice *advice = list_add(list->items, list->count);
    advice->severity = severity;
    advice->text = text;
    advice->command = command;
}

static void judge_cores(struct advice_list *list, const struct facts *facts)
{
    const struct machine *machine = &facts->machine;

    if (machine->cores == 1) {
        add(list, ADVICE_WARNING,
            mem_string("this process may use one core only: the generator and the service share it and slow each other "
                       "down"),
            NULL);
    }
    if (facts->machine.quota_cores > 0) {
        add(list, ADVICE_WARNING,
            mem_format(
                "the control group allows %.2f cores of CPU time: once used up, everything stands still until the "
                "next period",
                facts->machine.quota_cores),
            NULL);
    }
    if (machine->cores > 0 && machine->load1 > 0.5 && machine->load1 > 0.1 * machine->cores) {
        add(list, ADVICE_WARNING,
            mem_format("the load over the last minute was %.2f: something else is running, or a build has just ended",
                       machine->load1),
            mem_string("ps -eo pcpu,pid,comm --sort=-pcpu | head"));
    }
}

static void judge_proc(struct advice_list *list, const struct facts *facts)
{
    if (facts->machine.counters_hidden) {
        add(list, ADVICE_WARNING,
            mem_string("/proc shows processes only (subset=pid): stolen time, foreign work on the cores, retransmits, "
                       "overflows of accept queues, swapping and OOM kills cannot be read, and nothing is checked for "
                       "them"),
            NULL);
    }
    if (facts->machine.processes_hidden) {
        add(list, ADVICE_WARNING,
            mem_string("/proc hides the processes of other users (hidepid): a service that runs as another user is not "
                       "watched, and who disturbs a measurement is not seen"),
            mem_string("sudo mount -o remount,hidepid=0 /proc"));
    }
}

static void judge_clocks(struct advice_list *list, const struct facts *facts)
{
    const struct machine *machine = &facts->machine;
    static const char choose_tsc[] =
        "echo tsc | sudo tee /sys/devices/system/clocksource/clocksource0/current_clocksource";
    static const char *const good[] = {"tsc", "arch_sys_counter", "kvm-clock", "hyperv_clocksource_tsc_page",
                                       "unknown"};
    bool slow_clock = true;

    if (strcmp(machine->governor, "performance") != 0 && strcmp(machine->governor, "unknown") != 0) {
        add(list, ADVICE_WARNING,
            mem_format("the governor is \"%s\": cores clock down between requests, and light load looks slow",
                       machine->governor),
            mem_string("echo performance | sudo tee /sys/devices/system/cpu/cpu*/cpufreq/scaling_governor"));
    }
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        slow_clock = slow_clock && strcmp(machine->clocksource, good[i]) != 0;
    }
    if (slow_clock) {
        bool tsc = facts->clocksources != NULL && strstr(facts->clocksources, "tsc") != NULL;
        add(list, ADVICE_WARNING,
            mem_format(
                "the clock source is \"%s\": each look at the clock is a system call, for the generator and for the "
                "service",
                machine->clocksource),
            mem_string(tsc ? choose_tsc : NULL));
    }
    if (machine->turbo_known && machine->turbo) {
        add(list, ADVICE_NOTE,
            mem_string("the boost clock is on: cores are faster while the machine is cool or mostly idle"),
            mem_string(facts->turbo_off));
    }
}

static char *raise_limit(const struct facts *facts)
{
    if (facts->file_descriptor_hard_limit >= FILE_DESCRIPTORS_WANTED) {
        return mem_format("ulimit -n %d", FILE_DESCRIPTORS_WANTED);
    }
    return mem_format("sudo prlimit --pid $$ --nofile=%d:%d", FILE_DESCRIPTORS_WANTED, FILE_DESCRIPTORS_WANTED);
}

static void judge_limits(struct advice_list *list, const struct facts *facts)
{
    const struct machine *machine = &facts->machine;

    if (machine->file_descriptor_limit > 0 && machine->file_descriptor_limit < FILE_DESCRIPTORS_LEAST) {
        add(list, ADVICE_WARNING,
            mem_format("a process may open %" PRIu64 " files only, and a connection is one on either side",
                       machine->file_descriptor_limit),
            raise_limit(facts));
    }
    if (machine->somaxconn > 0 && machine->somaxconn < BACKLOG_LEAST) {
        add(list, ADVICE_WARNING,
            mem_format("somaxconn is %" PRIu64 ": it cuts every service's accept queue down to that",
                       machine->somaxconn),
            mem_format("sudo sysctl -w net.core.somaxconn=%d", BACKLOG_LEAST));
    }
    if (facts->port_last > facts->port_first && facts->port_last - facts->port_first + 1 < PORTS_LEAST) {
        add(list, ADVICE_WARNING,
            mem_format("there are %" PRIu64 " ports for outgoing connections: the generator may run out of them",
                       facts->port_last - facts->port_first + 1),
            mem_string("sudo sysctl -w net.ipv4.ip_local_port_range='1024 65535'"));
    }
}

static void judge_pacing(struct advice_list *list, const struct machine *machine)
{
    if (machine->congestion_control != NULL && strcmp(machine->congestion_control, "bbr") == 0) {
        add(list, ADVICE_NOTE,
            mem_string("TCP's congestion control is \"bbr\": it paces by timers what services send, which costs them "
                       "CPU, and large responses time"),
            mem_string("sudo sysctl -w net.ipv4.tcp_congestion_control=cubic"));
    }
}

static void judge_group(struct advice_list *list, const struct machine *machine)
{
    char size[UNITS_TEXT];

    if (machine->group_memory_limit_bytes > 0 && machine->group_memory_limit_bytes < machine->memory_bytes) {
        units_write_size(size, machine->group_memory_limit_bytes);
        add(list, ADVICE_NOTE,
            mem_format("the control group allows %s of memory, to the harness and the services together", size), NULL);
    }
}

static void judge_waiting_ports(struct advice_list *list, const struct facts *facts)
{
    if (facts->machine.ports > 0 && facts->ports_waiting > facts->machine.ports / 4) {
        add(list, ADVICE_WARNING,
            mem_format("%" PRIu64 " of %" PRIu64
                       " ports are still held by connections that are over: new ones may find "
                       "none",
                       facts->ports_waiting, facts->machine.ports),
            mem_string("sleep 60"));
    }
}

static void judge_sharing(struct advice_list *list, const struct facts *facts)
{
    const struct machine *machine = &facts->machine;
    char size[UNITS_TEXT], share[UNITS_TEXT];

    if (facts->machine.swap_used_bytes > 0) {
        units_write_size(size, facts->machine.swap_used_bytes);
        add(list, ADVICE_WARNING, mem_format("%s of memory are swapped out: touching them stalls whoever does", size),
            mem_string("sudo swapoff -a"));
    }
    if (machine->steal_share > 0.001) {
        units_write_share(share, machine->steal_share);
        add(list, machine->steal_share > 0.01 ? ADVICE_WARNING : ADVICE_NOTE,
            mem_format("the hypervisor has given %s of this machine's time to others since it booted", share), NULL);
    }
    if (strcmp(machine->virtualization, "none") != 0 && strcmp(machine->virtualization, "unknown") != 0) {
        add(list, ADVICE_NOTE,
            mem_format("this is a virtual machine (%s): other machines on the same hardware are not seen from here",
                       machine->virtualization),
            NULL);
    }
}

/* Warnings to the front, otherwise in the order found. */
static void sort(struct advice_list *list)
{
    struct advice *sorted = mem_new(list->count, sizeof *sorted);
    size_t count = 0;

    for (int severity = ADVICE_WARNING; severity >= ADVICE_NOTE; severity--) {
        for (size_t i = 0; i < list->count; i++) {
            if (list->items[i].severity == (enum advice_severity)severity) {
                sorted[count++] = list->items[i];
            }
        }
    }
    free(list->items);
    list->items = sorted;
}

void advice_make(struct advice_list *list, const struct facts *facts)
{
    *list = (struct advice_list){0};
    judge_cores(list, facts);
    judge_proc(list, facts);
    judge_clocks(list, facts);
    judge_limits(list, facts);
    judge_waiting_ports(list, facts);
    judge_pacing(list, &facts->machine);
    judge_group(list, &facts->machine);
    judge_sharing(list, facts);
    sort(list);
}

void advice_release(struct advice_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        free(list->items[i].text);
        free(list->items[i].command);
    }
    free(list->items);
    *list = (struct advice_list){0};
}
