#include "http2_run.h"

#include "base/mem.h"
#include "traffic_text.h"

#include <stdlib.h>

static const char plain[] =
    "{\"requests\":[{\"name\":\"get\",\"path\":\"/items/7\",\"expect\":{\"json\":{\"id\":7}}}]}";

static struct peer *start_peer(const struct http2_service *service)
{
    const char *certificate = service->clear ? "-" : peer_right_certificate();
    const char *fault = service->fault != NULL ? service->fault : "none";
    char *every = mem_format("%u", service->every != 0 ? service->every : 1);
    char *streams = mem_format("%u", service->streams != 0 ? service->streams : 100);
    struct peer *peer = peer_start("http2_peer.py", (const char *const[]){certificate, fault, every, streams, NULL});

    free(every);
    free(streams);
    return peer;
}

struct peer *http2_run_start(struct load_run *run, const struct http2_service *service,
                             const struct loader_options *loader, const char *traffic)
{
    struct loader_options options = *loader;
    struct error err = {0};
    struct peer *peer = start_peer(service);

    traffic_from_text(&run->traffic, traffic != NULL ? traffic : plain);
    options.traffic = &run->traffic;
    options.host = "127.0.0.1";
    options.port = peer_port(peer);
    options.threads = options.threads != 0 ? options.threads : 1;
    options.deadline_ns = options.deadline_ns != 0 ? options.deadline_ns : 10 * CLOCK_SECOND_NS;
    options.connections_most = options.connections_most != 0 ? options.connections_most : 1000;
    options.protocol.http2 = true;
    options.protocol.tls = !service->clear;
    if (options.protocol.ca_file == NULL) {
        options.protocol.ca_file = service->clear ? NULL : peer_right_certificate();
    }
    if (loader_new(&run->loader, &options, &err) != 0) {
        fail_msg("%s", err.message);
    }
    return peer;
}

void http2_run_end(struct load_run *run, struct peer *peer)
{
    loader_free(run->loader);
    peer_stop(peer);
    traffic_release(&run->traffic);
}

struct peer *http2_run_once(const struct http2_service *service, const struct loader_options *loader,
                            const struct planned_step *step, struct load_record *ret_record)
{
    struct load_run run;
    struct peer *peer = http2_run_start(&run, service, loader, NULL);

    load_run_step(&run, step, ret_record);
    http2_run_end(&run, peer);
    return peer;
}
