#include "analysis/kinds.h"

#include "analysis/percentile.h"
#include "base/mem.h"

#include <math.h>
#include <string.h>

/* Three standard deviations of the root of a count. */
#define CHANCE 1.5

const char *want_name(enum want want)
{
    return want == WANT_ANY ? "all" : want == WANT_SERVED ? "served" : "refused";
}

/* A log of a stranger may have other kinds than its scenario. */
static enum want want_of(const struct traffic *traffic, const struct load_record *load, size_t index)
{
    if (traffic == NULL || index >= traffic->request_count || load->requests[index].name == NULL ||
        strcmp(load->requests[index].name, traffic->requests[index].name) != 0) {
        return WANT_SERVED;
    }
    return request_is_to_be_refused(&traffic->requests[index]) ? WANT_REFUSED : WANT_SERVED;
}

static struct kind_finding finding_of(const struct tally *tally, const struct histogram *response, enum want want)
{
    return (struct kind_finding){.want = want,
                                 .tally = *tally,
                                 .p50_ns = percentile_known(response, 0.5),
                                 .p99_ns = percentile_known(response, 0.99)};
}

struct kind_finding *kinds_find(const struct traffic *traffic, const struct load_record *load, size_t *ret_count)
{
    struct kind_finding *kinds = load->request_count > 0 ? mem_new(load->request_count, sizeof *kinds) : NULL;

    for (size_t i = 0; i < load->request_count; i++) {
        const struct request_record *request = &load->requests[i];
        kinds[i] = finding_of(&request->tally, &request->response, want_of(traffic, load, i));
        kinds[i].name = request->name;
    }
    *ret_count = load->request_count;
    return kinds;
}

void kinds_gather(const struct traffic *traffic, const struct load_record *load, enum want want,
                  struct kind_group *ret_group)
{
    *ret_group = (struct kind_group){0};
    histogram_init(&ret_group->response, 2);
    for (size_t i = 0; i < load->request_count; i++) {
        if (want == WANT_ANY || want_of(traffic, load, i) == want) {
            tally_add(&ret_group->tally, &load->requests[i].tally);
            histogram_add(&ret_group->response, &load->requests[i].response);
        }
    }
}

void kind_group_release(struct kind_group *group)
{
    histogram_release(&group->response);
}

struct kind_finding kinds_together(const struct traffic *traffic, const struct load_record *load, enum want want)
{
    struct kind_group group;

    kinds_gather(traffic, load, want, &group);
    struct kind_finding finding = finding_of(&group.tally, &group.response, want);
    kind_group_release(&group);
    return finding;
}

bool kinds_are_apart(const struct traffic *traffic, const struct load_record *load)
{
    for (size_t i = 0; i < load->request_count; i++) {
        if (want_of(traffic, load, i) == WANT_REFUSED) {
            return true;
        }
    }
    return false;
}

bool kinds_beyond_chance(uint64_t failed, uint64_t offered, double share)
{
    return sqrt((double)failed) - sqrt((double)offered * share) > CHANCE;
}

bool kind_group_is_slow(const struct kind_group *group, const struct limits *limits)
{
    return limits->latency_ns > 0 && percentile_is_known(&group->response, limits->percentile) &&
           histogram_quantile(&group->response, limits->percentile) > limits->latency_ns;
}

bool kind_group_fails(const struct kind_group *group, const struct limits *limits)
{
    return limits->error_share > 0 &&
           kinds_beyond_chance(tally_failed(&group->tally), group->tally.offered, limits->error_share);
}
