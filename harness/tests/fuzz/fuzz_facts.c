/* A machine that says anything of itself. The input: what its files say, in the order below, a NUL behind each. */
#include "base/file.h"
#include "fuzz.h"
#include "host/machine/advice.h"
#include "host/machine/facts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const files[] = {
    "proc/cpuinfo",
    "proc/meminfo",
    "proc/loadavg",
    "proc/stat",
    "proc/self/cgroup",
    "sys/fs/cgroup/cpu.max",
    "sys/fs/cgroup/a/cpu.max",
    "sys/fs/cgroup/cpu/cpu.cfs_quota_us",
    "sys/fs/cgroup/cpu/cpu.cfs_period_us",
    "etc/os-release",
    "sys/class/dmi/id/product_name",
    "sys/hypervisor/type",
    "proc/sys/net/ipv4/ip_local_port_range",
    "proc/sys/net/core/somaxconn",
    "sys/devices/system/cpu/cpu0/cpufreq/scaling_governor",
    "sys/devices/system/cpu/intel_pstate/no_turbo",
    "sys/devices/system/clocksource/clocksource0/current_clocksource",
    "sys/devices/system/clocksource/clocksource0/available_clocksource",
    "proc/sys/net/ipv4/tcp_congestion_control",
};
enum { FILES = sizeof files / sizeof files[0] };

/* Returns the folder that they are in. A file that nothing is said of is empty, which is as if it were not there. */
static char *write_files(struct fuzz_bytes *bytes)
{
    char *root = fuzz_file("machine", NULL, 0);

    *strrchr(root, '/') = '\0';
    for (size_t i = 0; i < FILES; i++) {
        char *said = fuzz_string(bytes);
        free(fuzz_file(files[i], said, strlen(said)));
        free(said);
    }
    return root;
}

static void check_machine(const struct machine *machine)
{
    FUZZ_HOLDS(machine->cpu != NULL && machine->architecture != NULL && machine->kernel != NULL);
    FUZZ_HOLDS(machine->system != NULL && machine->virtualization != NULL);
    FUZZ_HOLDS(machine->governor != NULL && machine->clocksource != NULL);
    FUZZ_HOLDS(machine->congestion_control != NULL);
    FUZZ_HOLDS(isfinite(machine->load1) && isfinite(machine->steal_share));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_bytes bytes = {data, size};
    char *root = write_files(&bytes);
    struct facts facts;
    struct advice_list list = {0};

    facts_read(&facts, root);
    check_machine(&facts.machine);
    FUZZ_HOLDS(isfinite(facts.machine.quota_cores) && facts.machine.quota_cores >= 0);
    advice_make(&list, &facts);
    for (size_t i = 0; i < list.count; i++) {
        FUZZ_HOLDS(list.items[i].text != NULL);
    }
    advice_release(&list);
    facts_release(&facts);
    free(root);
    return 0;
}
