#include "built_classes.h"

#include "base/mem.h"

static uint64_t ns_of(double ms)
{
    return (uint64_t)(ms * 1e6 + 0.5);
}

static void fill(struct request_record *request, const struct built_class *class)
{
    request->name = mem_string(class->name);
    request->tally.offered = request->tally.sent = request->tally.completed = class->offered;
    request->tally.good = class->offered - class->failed;
    request->tally.failures[class->failure] = class->failed;
    histogram_record_many(&request->response, ns_of(class->usual_ms), class->offered - class->slow);
    histogram_record_many(&request->response, ns_of(class->slow_ms), class->slow);
    request->sent = class->offered;
    request->good = request->tally.good;
    request->wrong = class->failed;
}

void built_classes_add(struct load_record *load, const struct built_class *classes, size_t count)
{
    load_record_init_requests(load, count);
    for (size_t i = 0; i < count; i++) {
        fill(&load->requests[i], &classes[i]);
    }
}
