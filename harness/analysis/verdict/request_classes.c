#include "analysis/verdict/request_classes.h"

#include "analysis/verdict/request_outcome.h"
#include "base/mem.h"
#include "stats/percentile.h"

#include <math.h>
#include <string.h>

/* Three standard deviations of the square root of a count. */
#define CHANCE 1.5

static struct request_class class_of(const struct tally *tally, const struct histogram *response,
                                     enum expectation expectation)
{
    return (struct request_class){.expectation = expectation,
                                  .tally = *tally,
                                  .p50_ns = percentile_known(response, 0.5),
                                  .p99_ns = percentile_known(response, 0.99)};
}

struct request_class *request_classes_find(const struct traffic *traffic, const struct load_record *load,
                                           size_t *ret_count)
{
    struct request_class *classes = load->request_count > 0 ? mem_new(load->request_count, sizeof *classes) : NULL;

    for (size_t i = 0; i < load->request_count; i++) {
        const struct request_record *request = &load->requests[i];
        classes[i] = class_of(&request->tally, &request->response, expectation_of(traffic, load, i));
        classes[i].name = request->name;
    }
    *ret_count = load->request_count;
    return classes;
}

const struct request_record *request_classes_record(const struct traffic *traffic, const struct load_record *load,
                                                    size_t index)
{
    const struct request_record *request = index < load->request_count ? &load->requests[index] : NULL;
    bool same = request != NULL && request->name != NULL && strcmp(request->name, traffic->requests[index].name) == 0;

    return same ? request : NULL;
}

struct request_class request_classes_total(const struct traffic *traffic, const struct load_record *load,
                                           enum expectation expectation)
{
    struct request_class_group group;

    request_class_group_find(traffic, load, expectation, &group);
    struct request_class total = class_of(&group.tally, &group.response, expectation);
    request_class_group_release(&group);
    return total;
}

void request_class_group_find(const struct traffic *traffic, const struct load_record *load,
                              enum expectation expectation, struct request_class_group *ret_group)
{
    *ret_group = (struct request_class_group){.expectation = expectation};
    histogram_init(&ret_group->response, 2);
    for (size_t i = 0; i < load->request_count; i++) {
        if (expectation == EXPECT_ANY || expectation_of(traffic, load, i) == expectation) {
            tally_add(&ret_group->tally, &load->requests[i].tally);
            histogram_add(&ret_group->response, &load->requests[i].response);
        }
    }
}

void request_class_group_release(struct request_class_group *group)
{
    histogram_release(&group->response);
}

bool request_class_group_breaks(const struct request_class_group *group, const struct limits *limits, enum limit limit)
{
    struct request_outcome outcome = request_outcome_of(&group->tally, &group->response, limits);

    if (!request_outcome_breaks(&outcome, limits, limit)) {
        return false;
    }
    if (limit == LIMIT_LATENCY) {
        return group->expectation == EXPECT_SUCCESS && percentile_is_known(&group->response, limits->percentile);
    }
    return limit == LIMIT_ERRORS && request_classes_beyond_chance(outcome.failed, outcome.offered, limits->error_share);
}

bool request_classes_beyond_chance(uint64_t failed, uint64_t offered, double share)
{
    return sqrt((double)failed) - sqrt((double)offered * share) > CHANCE;
}
