#include "report/words/stall_phrase.h"

#include "report/words/figures.h"

#include <inttypes.h>
#include <stddef.h>

/* More stalls are only counted. */
#define STALLS_TOLD 3

/* What reads as nothing is not told: memory that moved by less, in bytes; a share of the time, or of the cores. */
#define MEMORY_LEAST (UINT64_C(1) << 20)
#define SHARE_LEAST  0.005

static void add_cpu(struct text *out, const struct stall_finding *stall)
{
    const struct stall_host *host = &stall->host;

    if (!host_usage_has(&host->usage, SAMPLE_CPU)) {
        text_add(out, "its CPU was not read");
        return;
    }
    text_format(out, "its processes used %.2f cores", host->usage.service_cores);
    if (host_usage_has(&stall->step->usage.host, SAMPLE_CPU)) {
        text_format(out, " (%.2f over the whole step)", stall->step->usage.host.service_cores);
    }
    if (host->usage.run_delay_share >= SHARE_LEAST) {
        double delay_ns = host->usage.run_delay_share * (double)(host->to_ns - host->from_ns);
        text_add(out, " and waited for a core for ");
        figures_time(out, (uint64_t)delay_ns);
        text_add(out, " in all");
    }
}

static void add_taken(struct text *out, const char *who, double share)
{
    if (share >= SHARE_LEAST) {
        text_add(out, who);
        figures_share(out, share);
        text_add(out, " of its cores");
    }
}

/* What kept them from the CPU. */
static void add_halts(struct text *out, const struct stall_host *host)
{
    const struct host_usage *usage = &host->usage;

    if (usage->stopped_share > 0) {
        text_add(out, "; one of them was stopped");
    }
    if (usage->throttled_share >= SHARE_LEAST) {
        text_add(out, "; a CPU quota stopped them for ");
        figures_share(out, usage->throttled_share);
        text_add(out, " of the time");
    }
    add_taken(out, "; other programs took ", host->foreign_share);
    add_taken(out, "; the hypervisor took ", host->steal_share);
}

static void add_memory(struct text *out, const struct stall_host *host)
{
    uint64_t before = host->memory_before_bytes, after = host->memory_after_bytes;

    if (after >= before + MEMORY_LEAST) {
        text_add(out, "; its memory rose by ");
        figures_size(out, after - before);
    } else if (before >= after + MEMORY_LEAST) {
        text_add(out, "; its memory fell by ");
        figures_size(out, before - after);
    }
    if (host->usage.swapped_pages > 0) {
        text_format(out, "; %" PRIu64 " page%s went to swap or came from it", host->usage.swapped_pages,
                    figures_plural(host->usage.swapped_pages));
    }
}

static void add_disk(struct text *out, const struct host_usage *usage)
{
    if (usage->blocked_share > 0 || usage->block_wait_share >= SHARE_LEAST) {
        text_add(out, "; it waited for a disk");
    }
    if (usage->major_faults > 0) {
        text_format(out, "; it read %" PRIu64 " page%s of memory from a disk", usage->major_faults,
                    figures_plural(usage->major_faults));
    }
}

static void add_network(struct text *out, const struct host_usage *usage)
{
    if (usage->accept_queue_peak > 0) {
        text_format(out, "; up to %" PRIu64 " connection%s waited in its accept queue", usage->accept_queue_peak,
                    figures_plural(usage->accept_queue_peak));
    }
    if (usage->accept_queue_overflows > 0) {
        text_format(out, "; %" PRIu64 " connection%s found an accept queue full", usage->accept_queue_overflows,
                    figures_plural(usage->accept_queue_overflows));
    }
    if (usage->retransmits > 0) {
        text_format(out, "; %" PRIu64 " TCP segment%s sent again", usage->retransmits,
                    usage->retransmits == 1 ? " was" : "s were");
    }
}

void stall_phrase_host(struct text *out, const struct stall_finding *stall)
{
    const struct stall_host *host = &stall->host;

    if (host->known) {
        text_add(out, "Meanwhile, from ");
        figures_time(out, host->from_ns);
        text_add(out, " to ");
        figures_time(out, host->to_ns);
        text_add(out, ", ");
        add_cpu(out, stall);
        add_halts(out, host);
        add_memory(out, host);
        add_disk(out, &host->usage);
        add_network(out, &host->usage);
    }
}

static void add_one(struct text *out, const struct findings *findings, const struct stall_finding *stall)
{
    text_add(out, " A stall of ");
    figures_time(out, stall->length_ns);
    text_add(out, " at ");
    figures_level(out, &findings->scenario, stall->level);
    text_add(out, ", ");
    figures_time(out, stall->at_ns);
    text_add(out, " into the step, put ");
    limit_write(out, stall->limit, stall->request);
    text_add(out, " above its limit; that load, run again, or a higher one held, so it is an event and not the "
                  "capacity. ");
    stall_phrase_host(out, stall);
    text_add(out, stall->host.known ? "." : "What the host did then was not read.");
}

void stall_phrase(struct text *out, const struct findings *findings, const struct backend_finding *backend)
{
    for (size_t i = 0; i < backend->stall_count && i < STALLS_TOLD; i++) {
        add_one(out, findings, &backend->stalls[i]);
    }
    if (backend->stall_count > STALLS_TOLD) {
        size_t more = backend->stall_count - STALLS_TOLD;
        text_format(out, more == 1 ? " There was %zu more such stall." : " There were %zu more such stalls.", more);
    }
}
