#include "analysis/warnings.h"

#include "analysis/after/warm_up.h"
#include "analysis/capacity/capacity.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/units.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

/* Shows what else runs. */
#define WHO_WORKS "ps -eo pcpu,pid,comm --sort=-pcpu | head"

/* What the machine is held against: descriptors are for connections, on both ends; six trials reach an interval of 95
 * %. */
#define DESCRIPTORS_LEAST 8192
#define PORTS_LEAST       16384
#define BACKLOG_LEAST     4096
#define TRIALS_WANTED     6

/* Takes `text` over. */
static void warn(struct findings *findings, enum warning_kind kind, char *text, const char *command)
{
    struct warning *warning = list_add(findings->warnings, findings->warning_count);

    warning->kind = kind;
    warning->text = text;
    warning->command = mem_string(command);
}

static const char *invalid_in_words(enum invalidity invalidity)
{
    static const char *const words[INVALIDITY_COUNT] = {
        [INVALID_SEND_LAG] = "requests left late by more than a tenth of the latency limit",
        [INVALID_GENERATOR_BUSY] = "a generator thread was over 90 % busy",
        [INVALID_STARVED] = "other programs kept a generator thread from its core for more than a tenth of the time",
        [INVALID_OPENING] = "connections were still being opened when its measured part began",
        [INVALID_UNSENT] = "requests stayed unsent although connections were free",
        [INVALID_FOREIGN] = "other programs worked on the service's cores while it waited for them",
        [INVALID_NO_REQUESTS] = "no request was due in its measured part",
        [INVALID_LITTLE] = "rate, time and requests in flight do not agree (Little's law)",
    };
    return words[invalidity];
}

/* What mends the reason for which a step is invalid; NULL: no command does. */
static const char *command_against(enum invalidity invalidity)
{
    static const char *const commands[INVALIDITY_COUNT] = {
        [INVALID_SEND_LAG] = WHO_WORKS,
        [INVALID_STARVED] = WHO_WORKS,
        [INVALID_UNSENT] = "ulimit -n 65536",
        [INVALID_FOREIGN] = WHO_WORKS,
        [INVALID_NO_REQUESTS] = "make bench PROFILE=standard",
    };
    return commands[invalidity];
}

/* The command against the first reason that has one; NULL if an earlier warning has it already. */
static const char *command_for(const struct findings *findings, const struct step_verdict *verdict)
{
    const char *command = NULL;

    for (int i = 0; i < INVALIDITY_COUNT && command == NULL; i++) {
        if (verdict->invalid[i]) {
            command = command_against((enum invalidity)i);
        }
    }
    for (size_t i = 0; command != NULL && i < findings->warning_count; i++) {
        const char *told = findings->warnings[i].command;
        if (told != NULL && strcmp(told, command) == 0) {
            command = NULL;
        }
    }
    return command;
}

static void warn_of_invalid_step(struct findings *findings, const struct backend_finding *backend,
                                 const struct step_finding *step)
{
    char level[UNITS_TEXT];
    struct text because = {0};

    for (int i = 0; i < INVALIDITY_COUNT; i++) {
        if (step->verdict.invalid[i]) {
            text_format(&because, "%s%s", because.length > 0 ? "; " : "", invalid_in_words((enum invalidity)i));
        }
    }
    units_write_count(level, step->record->level);
    warn(findings, WARNING_GENERATOR,
         mem_format("%s at %s (trial %u) says nothing about the service: %s", backend->record->name, level,
                    step->record->trial + 1, because.data),
         command_for(findings, &step->verdict));
    text_release(&because);
}

/* For the first trial that shows a warm-up. Its first step is judged all the same. */
static void warn_of_warm_up(struct findings *findings, const struct backend_finding *backend)
{
    char until[UNITS_TEXT];
    struct warm_up warm_up;

    for (size_t i = 0; i < backend->step_count; i++) {
        const struct step_finding *step = &backend->steps[i];
        if (step->record->phase != PHASE_LADDER || step->record->index != 0 ||
            step->verdict.verdict == VERDICT_INVALID || !warm_up_find(step->record, &warm_up)) {
            continue;
        }
        units_write_duration(until, warm_up.until_ns);
        warn(findings, WARNING_RUN,
             mem_format(
                 "%s was still warming up in its first step: until %s into it, responses took %.1f times as long as "
                 "after that; a longer step.warmup in the scenario leaves that out",
                 backend->record->name, until, warm_up.ratio),
             NULL);
        return;
    }
}

static void warn_of_backend(struct findings *findings, const struct backend_finding *backend)
{
    double steal = 0;

    if (backend->record->skipped != NULL) {
        warn(findings, WARNING_SKIPPED,
             mem_format("%s took no part: %s", backend->record->name, backend->record->skipped), NULL);
    }
    if (backend->distrusted != NULL) {
        warn(findings, WARNING_AUDIT,
             mem_format("THE RESPONSES OF %s DO NOT ADD UP, so none of its figures counts: %s", backend->record->name,
                        backend->distrusted),
             NULL);
    }
    for (size_t i = 0; i < backend->step_count; i++) {
        if (backend->steps[i].verdict.verdict == VERDICT_INVALID && !capacity_repeated(backend, i)) {
            warn_of_invalid_step(findings, backend, &backend->steps[i]);
        }
        steal = fmax(steal, backend->steps[i].usage.host.steal_share);
    }
    warn_of_warm_up(findings, backend);
    if (steal > 0.02) {
        warn(
            findings, WARNING_MACHINE,
            mem_format("the hypervisor took up to %.0f %% of a core away while %s was measured: measure again when the "
                       "machine's neighbours are quiet, or on one of your own",
                       steal * 100, backend->record->name),
            NULL);
    }
    if (backend->not_monotone) {
        warn(findings, WARNING_RUN,
             mem_format(
                 "%s broke at one load and held at a higher one; capacity is the highest load below the first break",
                 backend->record->name),
             NULL);
    }
}

static bool known(const char *fact)
{
    return fact != NULL && strcmp(fact, "unknown") != 0;
}

static void warn_of_machine(struct findings *findings)
{
    const struct run_record *run = &findings->log->run;
    const struct machine *machine = &run->machine;

    if (run->cores_shared) {
        warn(findings, WARNING_MACHINE, mem_string("generator and service shared their cores: each disturbs the other"),
             NULL);
    }
    if (known(machine->governor) && strcmp(machine->governor, "performance") != 0) {
        warn(findings, WARNING_MACHINE, mem_format("the cores' clock is governed by \"%s\"", machine->governor),
             "cpupower frequency-set -g performance");
    }
    if (machine->load1 > 0.5 * machine->cores) {
        warn(findings, WARNING_MACHINE,
             mem_format("the machine was busy before the run began (load average %.1f on %u cores)", machine->load1,
                        machine->cores),
             WHO_WORKS);
    }
    if (known(machine->virtualization) && strcmp(machine->virtualization, "none") != 0) {
        warn(findings, WARNING_MACHINE,
             mem_format("a virtual machine (%s): neighbours may have taken time from it unseen",
                        machine->virtualization),
             NULL);
    }
}

static void warn_of_machine_limits(struct findings *findings)
{
    const struct machine *machine = &findings->log->run.machine;
    char size[UNITS_TEXT];

    if (machine->quota_cores > 0) {
        warn(findings, WARNING_MACHINE,
             mem_format("the control group allowed %.2f cores of CPU time: once used up, everything stood still",
                        machine->quota_cores),
             NULL);
    }
    if (machine->swap_used_bytes > 0) {
        units_write_size(size, machine->swap_used_bytes);
        warn(findings, WARNING_MACHINE, mem_format("%s of memory were swapped out when the run began", size),
             "sudo swapoff -a");
    }
    if (machine->file_descriptor_limit > 0 && machine->file_descriptor_limit < DESCRIPTORS_LEAST) {
        warn(findings, WARNING_MACHINE,
             mem_format("a process might open %" PRIu64 " files only, and a connection is one on either side",
                        machine->file_descriptor_limit),
             "ulimit -n 65536");
    }
    if (machine->somaxconn > 0 && machine->somaxconn < BACKLOG_LEAST) {
        warn(findings, WARNING_MACHINE,
             mem_format("somaxconn was %" PRIu64 ", which cut every service's accept queue down to that",
                        machine->somaxconn),
             "sudo sysctl -w net.core.somaxconn=4096");
    }
    if (machine->ports > 0 && machine->ports < PORTS_LEAST) {
        warn(findings, WARNING_MACHINE,
             mem_format("there were %" PRIu64 " ports for outgoing connections: the generator may have run out of them",
                        machine->ports),
             "sudo sysctl -w net.ipv4.ip_local_port_range='1024 65535'");
    }
}

static void warn_of_resumes(struct findings *findings)
{
    const struct run_log *log = findings->log;

    for (size_t i = 0; i < log->resume_count; i++) {
        const struct resume_record *resume = &log->resumes[i];
        if (resume->backend != NULL) {
            warn(findings, WARNING_RUN,
                 mem_format("the run was cut short and resumed at %s; trial %u of %s, under way then, was run again",
                            resume->resumed, resume->trial + 1, resume->backend),
                 NULL);
        } else {
            warn(findings, WARNING_RUN, mem_format("the run was cut short and resumed at %s", resume->resumed), NULL);
        }
    }
}

static size_t measured_count(const struct findings *findings)
{
    size_t count = 0;
    for (size_t i = 0; i < findings->backend_count; i++) {
        count += findings->backends[i].record->skipped == NULL;
    }
    return count;
}

static void warn_of_run(struct findings *findings)
{
    const struct run_log *log = findings->log;

    if (log->warning != NULL) {
        warn(findings, WARNING_RUN, mem_string(log->warning), NULL);
    }
    warn_of_resumes(findings);
    if (!run_log_complete(log)) {
        warn(findings, WARNING_RUN, mem_string("the run was cut short; what was measured until then stands"), NULL);
    }
    if (findings->profile == PROFILE_QUICK) {
        warn(findings, WARNING_RUN, mem_string("a quick run: steps are too short for a result to be shared"),
             "make bench");
    }
    if (log->run.trials < 2) {
        warn(findings, WARNING_RUN,
             mem_string("one trial a service: no interval, so a small difference between two services means nothing"),
             "make bench TRIALS=6");
    } else if (log->run.trials < TRIALS_WANTED && measured_count(findings) > 1) {
        warn(
            findings, WARNING_RUN,
            mem_format("%u trials a service give no interval of 95 %%, so two services are called different only where "
                       "all trials of one lie above those of the other; six give one",
                       log->run.trials),
            "make bench TRIALS=6");
    }
}

/* Close to the throughput of the reference service, the generator may be the limit and not the service. */
static void warn_of_ceiling(struct findings *findings, const struct backend_finding *backend)
{
    uint64_t ceiling = findings->log->run.calibration.throughput_rps;
    double highest = 0;

    for (size_t i = 0; i < backend->step_count; i++) {
        highest = fmax(highest, backend->steps[i].completed_rps);
    }
    if (ceiling > 0 && highest > 0.8 * (double)ceiling) {
        char most[UNITS_TEXT], bound[UNITS_TEXT];
        units_write_count(most, (uint64_t)highest);
        units_write_count(bound, ceiling);
        warn(findings, WARNING_GENERATOR,
             mem_format("%s completed %s/s, not far from the %s/s of the reference service: near the most that can be "
                        "shown on this machine",
                        backend->record->name, most, bound),
             NULL);
    }
}

void warnings_find(struct findings *findings)
{
    for (size_t i = 0; i < findings->backend_count; i++) {
        warn_of_backend(findings, &findings->backends[i]);
        warn_of_ceiling(findings, &findings->backends[i]);
    }
    warn_of_run(findings);
    warn_of_machine(findings);
    warn_of_machine_limits(findings);
}
