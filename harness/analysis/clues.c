#include "analysis/clues.h"

#include <stdbool.h>

#define BREAKING_LEAD_NS (500 * UINT64_C(1000000))
#define BREAKING_NS      UINT64_C(1000000000)

/* Traffic is raised in a window that was offered so much more than the mean one, and has enough to say so. */
#define RAISED_RATIO    1.2
#define RAISED_REQUESTS 50

static void find_breaking(struct clues *clues)
{
    const struct load_record *load = &clues->step->load;
    uint64_t at_ns = clues->verdict->breach_count > 0 ? clues->verdict->breaches[0].at_ns : 0;
    uint64_t lead_ns = load->window_ns > BREAKING_LEAD_NS ? load->window_ns : BREAKING_LEAD_NS;
    uint64_t from_ns = at_ns > lead_ns ? at_ns - lead_ns : 0;
    uint64_t to_ns = at_ns + BREAKING_NS < load->measured_ns ? at_ns + BREAKING_NS : load->measured_ns;

    if (to_ns >= from_ns + BREAKING_NS / 2) {
        load_on_host_between(clues->step, clues->cores, from_ns, to_ns, &clues->breaking);
    }
}

static bool raised(const struct load_record *load, size_t window)
{
    double mean = (double)load->tally.offered / (double)load->window_count;
    double offered = (double)load->windows[window].tally.offered;
    return offered >= RAISED_REQUESTS && offered > RAISED_RATIO * mean;
}

/* The row of raised windows that the moment of the break is in, or comes right behind. */
static void find_raised(struct clues *clues)
{
    const struct load_record *load = &clues->step->load;

    if (clues->verdict->breach_count == 0 || load->window_count == 0 || load->window_ns == 0) {
        return;
    }
    uint64_t at = clues->verdict->breaches[0].at_ns / load->window_ns; /* its window ended then */
    size_t last = at > 0 ? (size_t)(at - 1) : 0;
    last = last < load->window_count ? last : load->window_count - 1;
    last -= !raised(load, last) && last > 0;
    if (!raised(load, last)) {
        return;
    }
    size_t first = last;
    while (first > 0 && raised(load, first - 1)) {
        first--;
    }
    while (last + 1 < load->window_count && raised(load, last + 1)) {
        last++;
    }
    load_on_host_between(clues->step, clues->cores, first * load->window_ns, (last + 1) * load->window_ns,
                         &clues->raised);
}

void clues_gather(struct clues *clues, const struct step_record *step, const struct step_verdict *verdict,
                  unsigned service_core_count)
{
    *clues = (struct clues){.step = step, .verdict = verdict, .cores = service_core_count};
    load_on_host(step, service_core_count, &clues->host);
    dependency_on_host(step, &clues->dependency);
    load_at_dependency(step, &clues->at);
    find_breaking(clues);
    find_raised(clues);
    cpu_queue_find(step, &clues->host, service_core_count, &clues->queue);
}
