#include "simulated_host.h"

#include "base/clock.h"
#include "base/list.h"

#define SAMPLE_EVERY_NS (100 * CLOCK_MILLISECOND_NS)
#define KERNEL_SHARE    0.02 /* of a core, that the machine needs for itself */

/* The CPU time that a server's thread has used by now. Its work is entered when it is begun. */
static double used_ns(const struct simulated_host *host, unsigned server, uint64_t now_ns)
{
    const struct queue_server *at = &host->service->queue.servers[server];
    double ahead_ns = at->free_ns > now_ns ? (double)(at->free_ns - now_ns) : 0;

    return ahead_ns < at->worked_ns ? (at->worked_ns - ahead_ns) * host->service->model.cpu_share : 0;
}

static uint64_t memory_bytes(const struct simulated_service *service)
{
    const struct service_model *model = &service->model;
    return (uint64_t)(model->memory_bytes + model->memory_per_request_bytes * (double)service->queue.served +
                      model->memory_per_connection_bytes * (double)service->connections);
}

static void take(struct simulated_host *host, uint64_t at_ns)
{
    const struct simulated_service *service = host->service;
    unsigned servers = service->model.queue.servers;
    double sum_ns = 0, busiest_ns = 0;

    for (unsigned i = 0; i < servers; i++) {
        double now_ns = used_ns(host, i, at_ns);
        double since_ns = now_ns > host->used_before[i] ? now_ns - host->used_before[i] : 0;
        host->used_before[i] += since_ns;
        sum_ns += host->used_before[i];
        busiest_ns = since_ns > busiest_ns ? since_ns : busiest_ns;
    }
    uint64_t busy_ns = (uint64_t)(sum_ns + KERNEL_SHARE * (double)at_ns);
    *(struct sample *)list_add(host->record->samples, host->record->sample_count) = (struct sample){
        .at_ns = at_ns,
        .cost_ns = 50000,
        .processes = 1,
        .threads = servers + 1,
        .cpu_ns = (uint64_t)sum_ns,
        .busiest_thread_cpu_ns = (uint64_t)busiest_ns,
        .rss_bytes = memory_bytes(service),
        .anonymous_bytes = memory_bytes(service),
        .file_descriptors = 16 + service->connections,
        .busy_ns = busy_ns,
        .service_cores_busy_ns = busy_ns,
        .pressure_cpu = -1,
        .pressure_memory = -1,
        .pressure_io = -1,
    };
}

void simulated_host_begin(struct simulated_host *host, const struct simulated_service *service,
                          struct step_record *record)
{
    *host = (struct simulated_host){.service = service, .record = record, .next_ns = service->now_ns};
    for (unsigned i = 0; i < service->model.queue.servers; i++) {
        host->used_before[i] = used_ns(host, i, service->now_ns);
    }
}

void simulated_host_advance(struct simulated_host *host, uint64_t now_ns)
{
    while (host->next_ns <= now_ns) {
        take(host, host->next_ns);
        host->next_ns += SAMPLE_EVERY_NS;
    }
}

void simulated_host_memory(const struct simulated_host *host, struct memory_reading *ret_memory)
{
    uint64_t bytes = memory_bytes(host->service);

    *ret_memory =
        (struct memory_reading){.rss_bytes = bytes, .pss_bytes = bytes, .anonymous_bytes = bytes, .peak_bytes = bytes};
}
