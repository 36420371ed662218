#include "report/page/page_log.h"

#include "analysis/verdict/percentile_bounds.h"
#include "analysis/verdict/request_classes.h"
#include "base/mem.h"
#include "plan/scenario/limits.h"
#include "record/thinning/histogram_merge.h"
#include "record/thinning/limit_cells.h"
#include "report/page/packer.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Values at which a histogram is still cut after its buckets were merged. */
#define CUTS_MOST 32

struct cuts {
    uint64_t at_ns[CUTS_MOST];
    size_t count;
    const struct histogram *coarse;  /* and between eights of buckets of this one, of two digits; NULL: no more */
    const struct limit_cells *cells; /* and between these; NULL: no more */
};

static void cut_at(struct cuts *cuts, uint64_t ns)
{
    if (cuts->count < CUTS_MOST) {
        cuts->at_ns[cuts->count++] = ns;
    }
}

static void cut_at_percentiles(struct cuts *cuts, const struct histogram *histogram)
{
    for (const struct percentile *each = limits_percentiles; each->name != NULL; each++) {
        cut_at(cuts, histogram_quantile(histogram, each->share));
    }
}

static uint32_t coarse_index(const struct histogram *coarse, const struct histogram *from, uint32_t index)
{
    uint64_t low, width;

    histogram_bucket(from, index, &low, &width);
    return histogram_index(coarse, low) / 8;
}

/* The cuts as buckets of one histogram. */
struct bucket_cuts {
    const struct cuts *cuts;
    const struct histogram *from;
    uint32_t at[CUTS_MOST];
};

static void find_buckets(const struct cuts *cuts, const struct histogram *from, struct bucket_cuts *ret_buckets)
{
    ret_buckets->cuts = cuts;
    ret_buckets->from = from;
    for (size_t i = 0; i < cuts->count; i++) {
        ret_buckets->at[i] = histogram_index(from, cuts->at_ns[i]);
    }
}

static bool are_apart(const void *terms, uint32_t low, uint32_t high)
{
    const struct bucket_cuts *buckets = terms;
    const struct cuts *cuts = buckets->cuts;

    for (size_t i = 0; i < cuts->count; i++) {
        if (low <= buckets->at[i] && buckets->at[i] < high) {
            return true;
        }
    }
    if (cuts->cells != NULL && cuts->cells->number[low] != cuts->cells->number[high]) {
        return true;
    }
    return cuts->coarse != NULL &&
           coarse_index(cuts->coarse, buckets->from, low) != coarse_index(cuts->coarse, buckets->from, high);
}

static void merge(const struct histogram *from, const struct cuts *cuts, struct histogram *ret_merged)
{
    struct bucket_cuts buckets;

    find_buckets(cuts, from, &buckets);
    histogram_merge(from, are_apart, &buckets, ret_merged);
}

static bool queue_overflowed(const struct step_record *record)
{
    uint64_t first = UINT64_MAX; /* of the samples that have it */

    for (size_t i = 0; i < record->sample_count; i++) {
        struct sample sample = step_record_sample(record, i);
        if ((sample.absent & SAMPLE_MACHINE) == 0 && sample.listen_overflows > first) {
            return true;
        }
        first = (sample.absent & SAMPLE_MACHINE) == 0 && first == UINT64_MAX ? sample.listen_overflows : first;
    }
    return false;
}

static void cut_at_intervals(struct cuts *cuts, const struct load_record *load)
{
    for (const struct percentile *each = limits_percentiles; each->name != NULL; each++) {
        struct percentile_bounds bounds;
        percentile_bounds_find(load, each->share, &bounds);
        if (bounds.known) {
            cut_at(cuts, bounds.low_ns);
            cut_at(cuts, bounds.high_ns);
        }
    }
}

/* For the histograms of all requests of a step. */
static void cut_at_groups(struct cuts *cuts, const struct traffic *traffic, const struct load_record *load)
{
    static const enum expectation groups[] = {EXPECT_ANY, EXPECT_SUCCESS, EXPECT_ERROR};

    for (size_t i = 0; load->request_count > 0 && i < sizeof groups / sizeof groups[0]; i++) {
        struct request_class_group group;
        request_class_group_find(traffic, load, groups[i], &group);
        cut_at_percentiles(cuts, &group.response);
        request_class_group_release(&group);
    }
}

static void merge_request(const struct cuts *of_groups, const struct histogram *from, struct histogram *ret_merged)
{
    struct cuts cuts = *of_groups;

    cut_at_percentiles(&cuts, from);
    merge(from, &cuts, ret_merged);
}

static void merge_response(const struct step_record *record, const struct histogram *coarse,
                           struct histogram *ret_merged)
{
    struct cuts cuts = {.coarse = coarse};

    cut_at_percentiles(&cuts, &record->load.response);
    cut_at_intervals(&cuts, &record->load);
    merge(&record->load.response, &cuts, ret_merged);
}

static void merge_service(const struct load_record *load, const struct histogram *coarse, struct histogram *ret_merged)
{
    struct cuts cuts = {.coarse = coarse};

    cut_at_percentiles(&cuts, &load->service);
    merge(&load->service, &cuts, ret_merged);
}

static void merge_lag(const struct load_record *load, struct histogram *ret_merged)
{
    struct cuts cuts = {0};

    cut_at(&cuts, histogram_quantile(&load->send_lag, 0.99));
    merge(&load->send_lag, &cuts, ret_merged);
}

static bool all_are_apart(const void *nothing, uint32_t low, uint32_t high)
{
    (void)nothing;
    return low < high;
}

static void copy(const struct histogram *from, struct histogram *ret_copy)
{
    histogram_merge(from, all_are_apart, NULL, ret_copy);
}

/* The caller releases the histograms and frees the intervals. */
static struct interval *merge_intervals(const struct load_record *load, const struct limit_cells *cells)
{
    struct interval *merged = mem_new(load->interval_count, sizeof *merged);

    for (size_t i = 0; i < load->interval_count; i++) {
        const struct histogram *from = &load->intervals[i].response;
        struct cuts cuts = {.cells = cells};
        cut_at_percentiles(&cuts, from);
        cut_at_percentiles(&cuts, &load->response);
        merged[i] = load->intervals[i];
        if (from->digits == cells->like.digits) {
            merge(from, &cuts, &merged[i].response);
        } else {
            copy(from, &merged[i].response);
        }
    }
    return merged;
}

/* What is judged by itself stays as it is. */
static void copy_followed(const struct load_record *load, const struct request_record *from,
                          struct request_record *ret_copy)
{
    copy(&from->response, &ret_copy->response);
    ret_copy->intervals = mem_new(load->interval_count, sizeof *ret_copy->intervals);
    for (size_t i = 0; i < load->interval_count; i++) {
        ret_copy->intervals[i] = from->intervals[i];
        copy(&from->intervals[i].response, &ret_copy->intervals[i].response);
    }
}

/* What a page's log is made with, and where its lines go: all into one text, or, when there is a packer, each into the
 * packer as soon as it is whole. Writing into memory cannot fail. */
struct page_log {
    const struct traffic *traffic;
    struct limit_cells cells;
    struct run_writer *writer; /* into `lines` */
    struct text *lines;
    struct packer *packer;
};

/* A step's or a soak's load with its histograms merged; all else is borrowed. */
static void merge_load(const struct step_record *record, const struct page_log *page, struct load_record *ret_load)
{
    const struct load_record *load = &record->load;
    struct histogram coarse;
    struct cuts of_groups = {0};

    *ret_load = *load;
    histogram_init_packed(&coarse, 2); /* for the indexes of its buckets */
    if (queue_overflowed(record)) {
        copy(&load->response, &ret_load->response);
    } else {
        merge_response(record, &coarse, &ret_load->response);
    }
    merge_service(load, &coarse, &ret_load->service);
    merge_lag(load, &ret_load->send_lag);
    ret_load->intervals = merge_intervals(load, &page->cells);
    cut_at_groups(&of_groups, page->traffic, load);
    ret_load->requests = mem_new(load->request_count, sizeof *load->requests);
    for (size_t i = 0; i < load->request_count; i++) {
        ret_load->requests[i] = load->requests[i];
        if (load->requests[i].intervals != NULL) {
            copy_followed(load, &load->requests[i], &ret_load->requests[i]);
        } else {
            merge_request(&of_groups, &load->requests[i].response, &ret_load->requests[i].response);
        }
    }
    histogram_release(&coarse);
}

static void release_merged(struct load_record *merged)
{
    for (size_t i = 0; i < merged->interval_count; i++) {
        histogram_release(&merged->intervals[i].response);
    }
    for (size_t i = 0; i < merged->request_count; i++) {
        struct interval *intervals = merged->requests[i].intervals;
        for (size_t j = 0; intervals != NULL && j < merged->interval_count; j++) {
            histogram_release(&intervals[j].response);
        }
        free(intervals);
        histogram_release(&merged->requests[i].response);
    }
    free(merged->intervals);
    free(merged->requests);
    histogram_release(&merged->response);
    histogram_release(&merged->service);
    histogram_release(&merged->send_lag);
}

/* The samples from the last one before the measured part to the first one after it, or all of a step in which the
 * process died, without what nothing asks for. The caller frees them. */
static void copy_samples(struct step_record *record)
{
    uint64_t start_ns = record->load.started_ns, end_ns = start_ns + record->load.measured_ns;
    size_t first = 0, end = 0;

    while (!record->death.died && first + 1 < record->sample_count &&
           step_record_sample_ns(record, first + 1) < start_ns) {
        first++;
    }
    while (end < record->sample_count &&
           (record->death.died || end == 0 || step_record_sample_ns(record, end - 1) <= end_ns)) {
        end++;
    }
    size_t count = end > first ? end - first : 0;
    struct sample *samples = mem_new(count, sizeof *samples);
    for (size_t i = 0; i < count; i++) {
        samples[i] = step_record_sample(record, first + i);
        samples[i].anonymous_bytes = samples[i].context_switches = samples[i].busy_ns = 0;
        samples[i].group_memory_bytes = 0;
        samples[i].pressure_cpu = samples[i].pressure_memory = samples[i].pressure_io = 0;
    }
    record->samples = samples;
    record->packed = NULL;
    record->sample_count = count;
}

static void pass_on(const struct page_log *page)
{
    if (page->packer != NULL) {
        packer_add(page->packer, page->lines->data, page->lines->length);
        text_clear(page->lines);
    }
}

static void write_steps(const struct page_log *page, const struct run_log *log)
{
    for (size_t i = 0; i < log->step_count; i++) {
        struct step_record merged = log->steps[i];
        merge_load(&log->steps[i], page, &merged.load);
        copy_samples(&merged);
        run_writer_step(page->writer, &merged, NULL);
        pass_on(page);
        release_merged(&merged.load);
        free(merged.samples);
    }
    for (size_t i = 0; i < log->recovery_count; i++) {
        struct step_record merged = log->recoveries[i];
        merge_load(&log->recoveries[i], page, &merged.load);
        copy_samples(&merged);
        run_writer_recovery(page->writer, &merged, NULL);
        pass_on(page);
        release_merged(&merged.load);
        free(merged.samples);
    }
    for (size_t i = 0; i < log->soak_count; i++) {
        struct step_record merged = log->soaks[i];
        merge_load(&log->soaks[i], page, &merged.load);
        copy_samples(&merged);
        run_writer_soak(page->writer, &merged, NULL);
        pass_on(page);
        release_merged(&merged.load);
        free(merged.samples);
    }
}

static void write_all(struct page_log *page, const struct findings *findings)
{
    const struct run_log *log = findings->log;
    struct run_writer *writer;

    page->traffic = &findings->scenario.traffic;
    limit_cells_find(&findings->scenario.limits.latency_ns, 1, &page->cells);
    run_writer_open_text(&writer, page->lines);
    page->writer = writer;
    run_writer_run(writer, &log->run, NULL);
    for (size_t i = 0; i < log->dependency_count; i++) {
        run_writer_dependency(writer, &log->dependencies[i], NULL);
    }
    for (size_t i = 0; i < log->backend_count; i++) {
        run_writer_backend(writer, &log->backends[i], NULL);
    }
    for (size_t i = 0; i < log->forecast_count; i++) {
        run_writer_forecast(writer, &log->forecasts[i], NULL);
    }
    write_steps(page, log);
    for (size_t i = 0; i < log->audit_count; i++) {
        run_writer_audit(writer, &log->audits[i], NULL);
    }
    for (size_t i = 0; i < log->calibration_count; i++) {
        run_writer_calibration(writer, &log->calibrations[i], NULL);
    }
    for (size_t i = 0; i < log->trial_count; i++) {
        run_writer_trial(writer, &log->trials[i], NULL);
    }
    if (log->end.present) {
        run_writer_end(writer, &log->end, NULL);
    }
    pass_on(page);
    run_writer_close(writer);
    limit_cells_release(&page->cells);
}

void page_log_write(const struct findings *findings, struct text *out)
{
    struct page_log page = {.lines = out};

    write_all(&page, findings);
}

void page_log_pack(const struct findings *findings, struct packer *packer)
{
    struct text lines = {0};
    struct page_log page = {.lines = &lines, .packer = packer};

    write_all(&page, findings);
    text_release(&lines);
}
