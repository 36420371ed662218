#include "host/machine/facts.h"

#include "base/mem.h"
#include "host/cgroup/control_group.h"
#include "host/machine/affinity.h"
#include "host/machine/virtualization.h"
#include "host/proc/proc_text.h"
#include "host/system_file.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/utsname.h>

#define CPU_FOLDER         "/sys/devices/system/cpu/"
#define CLOCKSOURCE_FOLDER "/sys/devices/system/clocksource/clocksource0/"

static char *or_unknown(char *text)
{
    if (text == NULL) {
        return mem_string("unknown");
    }
    return text;
}

/* ARM processors report numbers instead of a name. */
static char *processor_numbers(const char *cpuinfo)
{
    char *maker = system_file_value(cpuinfo, "CPU implementer", ':');
    char *part = system_file_value(cpuinfo, "CPU part", ':');
    char *name = NULL;

    if (maker != NULL && part != NULL) {
        name = mem_format("implementer %s part %s", maker, part);
    }
    free(maker);
    free(part);
    return name;
}

static char *read_processor(const char *cpuinfo, const char *root)
{
    static const char *const keys[] = {"model name", "Hardware", "Model", "cpu model", "cpu", NULL};

    for (size_t i = 0; cpuinfo != NULL && keys[i] != NULL; i++) {
        char *name = system_file_value(cpuinfo, keys[i], ':');
        if (name != NULL) {
            return name;
        }
    }
    char *name = system_file_line(root, "/proc/device-tree/model");
    if (name == NULL && cpuinfo != NULL) {
        name = processor_numbers(cpuinfo);
    }
    return name;
}

static char *read_system(const char *root)
{
    static const char *const paths[] = {"/etc/os-release", "/usr/lib/os-release", NULL};
    char *name = NULL;

    for (size_t i = 0; name == NULL && paths[i] != NULL; i++) {
        char *text = system_file_text(root, paths[i]);
        if (text != NULL) {
            name = system_file_value(text, "PRETTY_NAME", '=');
            free(text);
        }
    }
    return name;
}

static void read_identity(struct machine *machine, const char *root)
{
    struct utsname names;
    char *cpuinfo = system_file_text(root, "/proc/cpuinfo");

    if (uname(&names) == 0) {
        machine->architecture = mem_string(names.machine);
        machine->kernel = mem_string(names.release);
    }
    machine->architecture = or_unknown(machine->architecture);
    machine->kernel = or_unknown(machine->kernel);
    machine->cpu = or_unknown(read_processor(cpuinfo, root));
    machine->system = or_unknown(read_system(root));
    machine->virtualization = virtualization_find(cpuinfo, root);
    free(cpuinfo);
}

static void read_clocks(struct facts *facts, const char *root)
{
    struct machine *machine = &facts->machine;
    uint64_t value;

    machine->governor = or_unknown(system_file_line(root, CPU_FOLDER "cpu0/cpufreq/scaling_governor"));
    machine->clocksource = or_unknown(system_file_line(root, CLOCKSOURCE_FOLDER "current_clocksource"));
    facts->clocksources = system_file_line(root, CLOCKSOURCE_FOLDER "available_clocksource");
    if (system_file_number(root, CPU_FOLDER "intel_pstate/no_turbo", &value)) {
        machine->turbo_known = true;
        machine->turbo = value == 0;
        facts->turbo_off = mem_string("echo 1 | sudo tee " CPU_FOLDER "intel_pstate/no_turbo");
    } else if (system_file_number(root, CPU_FOLDER "cpufreq/boost", &value)) {
        machine->turbo_known = true;
        machine->turbo = value != 0;
        facts->turbo_off = mem_string("echo 0 | sudo tee " CPU_FOLDER "cpufreq/boost");
    }
}

static void read_memory(struct facts *facts, const char *root)
{
    char *text = system_file_text(root, "/proc/meminfo");
    uint64_t swap_free;

    if (text != NULL) {
        proc_text_bytes(text, "MemTotal:", &facts->machine.memory_bytes);
        if (proc_text_bytes(text, "SwapTotal:", &facts->machine.swap_bytes) == 0 &&
            proc_text_bytes(text, "SwapFree:", &swap_free) == 0 && swap_free < facts->machine.swap_bytes) {
            facts->machine.swap_used_bytes = facts->machine.swap_bytes - swap_free;
        }
        free(text);
    }
}

static void read_limits(struct facts *facts, const char *root)
{
    struct rlimit limit;
    struct core_set cores;

    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        facts->machine.file_descriptor_limit = limit.rlim_cur;
        facts->file_descriptor_hard_limit = limit.rlim_max;
    }
    if (affinity_allowed(&cores, NULL) == 0) {
        facts->machine.cores = core_set_count(&cores);
    }
    facts->machine.quota_cores = control_group_quota(root);
    facts->machine.group_memory_limit_bytes = control_group_memory_limit(root);
    system_file_number(root, "/proc/sys/net/core/somaxconn", &facts->machine.somaxconn);
    facts->machine.congestion_control = or_unknown(system_file_line(root, "/proc/sys/net/ipv4/tcp_congestion_control"));
    char *ports = system_file_line(root, "/proc/sys/net/ipv4/ip_local_port_range");
    if (ports != NULL) {
        char *end;
        facts->port_first = strtoull(ports, &end, 10);
        facts->port_last = strtoull(end, NULL, 10);
        if (facts->port_last >= facts->port_first && facts->port_last <= UINT16_MAX) {
            facts->machine.ports = facts->port_last - facts->port_first + 1;
        }
        free(ports);
    }
}

static void read_waiting_ports(struct facts *facts, const char *root)
{
    char *text = system_file_text(root, "/proc/net/sockstat");
    const char *at = text;

    if (at != NULL) {
        at = strstr(at, "TCP:");
    }
    if (at != NULL) {
        at = strstr(at, " tw ");
    }
    if (at != NULL) {
        facts->ports_waiting = strtoull(at + strlen(" tw "), NULL, 10);
    }
    free(text);
}

static void read_load(struct machine *machine, const char *root)
{
    struct proc_core_times times;
    char *load = system_file_line(root, "/proc/loadavg");
    char *stat = system_file_line(root, "/proc/stat");

    if (load != NULL) {
        double load1 = strtod(load, NULL);
        if (isfinite(load1) && load1 >= 0) {
            machine->load1 = load1;
        }
    }
    if (stat != NULL && proc_text_core_times(stat, &times) == 0) {
        uint64_t all = times.busy_ticks + times.idle_ticks + times.steal_ticks;
        if (all > 0) {
            machine->steal_share = (double)times.steal_ticks / (double)all;
        }
    }
    free(load);
    free(stat);
}

/* The options with which /proc is mounted, on the heap: of the last line "proc /proc proc rw,hidepid=2 0 0". "": not
 * known. */
static char *proc_options(const char *root)
{
    char *text = system_file_text(root, "/proc/self/mounts");
    char *options = mem_string("");

    for (const char *line = text; line != NULL && *line != '\0';) {
        char point[8], type[8], found[512];
        if (sscanf(line, "%*s %7s %7s %511s", point, type, found) == 3 && strcmp(point, "/proc") == 0 &&
            strcmp(type, "proc") == 0) {
            free(options);
            options = mem_format(",%s,", found);
        }
        line = strchr(line, '\n');
        line = line != NULL ? line + 1 : NULL;
    }
    free(text);
    return options;
}

/* hidepid does not hold for everybody, so a look at the first process decides. */
static void read_hidden(struct machine *machine, const char *root)
{
    char *options = proc_options(root);
    char *first = system_file_line(root, "/proc/1/stat");

    machine->counters_hidden = strstr(options, ",subset=pid,") != NULL;
    machine->processes_hidden =
        strstr(options, ",hidepid=") != NULL && strstr(options, ",hidepid=0,") == NULL && first == NULL;
    free(first);
    free(options);
}

void facts_read(struct facts *facts, const char *root)
{
    *facts = (struct facts){0};
    read_identity(&facts->machine, root);
    read_clocks(facts, root);
    read_memory(facts, root);
    read_limits(facts, root);
    read_waiting_ports(facts, root);
    read_load(&facts->machine, root);
    read_hidden(&facts->machine, root);
}

void facts_release(struct facts *facts)
{
    machine_release(&facts->machine);
    free(facts->clocksources);
    free(facts->turbo_off);
    *facts = (struct facts){0};
}
