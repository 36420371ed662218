#include "bench/service/instance.h"

#include "base/clock.h"
#include "base/list.h"
#include "base/mem.h"
#include "contract/verify/ready.h"
#include "host/process/port.h"

#include <stdlib.h>
#include <string.h>

#define READY_TIMEOUT_NS (30 * CLOCK_SECOND_NS)
#define STOP_PATIENCE_NS (5 * CLOCK_SECOND_NS)

/* How much of the last output the record of a death keeps, in bytes. */
#define OUTPUT_KEPT 2048

static char *last_of(char *output)
{
    size_t length = strlen(output);
    if (length > OUTPUT_KEPT) {
        memmove(output, output + length - OUTPUT_KEPT, OUTPUT_KEPT + 1);
    }
    return output;
}

/* Waiting ends when the service has died, and when the user has asked to stop. */
struct wait {
    struct service *service;
    const atomic_bool *stop;
};

static bool worth_waiting(void *context)
{
    struct wait *wait = context;
    struct ending ending;
    return !service_ended(wait->service, &ending) && (wait->stop == NULL || !atomic_load(wait->stop));
}

/* The service did not become ready: the reason, and its last output. */
static int not_ready(struct instance *instance, const struct manifest *manifest, const struct error *why,
                     struct error *err)
{
    struct ending ending;
    struct text how = {0};

    if (service_ended(instance->service, &ending)) {
        ending_describe(&ending, &how);
    } else {
        text_format(&how, "is not ready: %s", why->message);
    }
    char *output = last_of(service_output(instance->service));
    error_failed(err, "%s: the service %s; its last output: %s", manifest->name, how.data,
                 output[0] != '\0' ? output : "(none)");
    free(output);
    text_release(&how);
    return -1;
}

static int wait_ready(struct instance *instance, const struct manifest *manifest, const atomic_bool *stop,
                      struct error *err)
{
    struct wait context = {.service = instance->service, .stop = stop};
    struct verify_wait wait = {.timeout_ns = READY_TIMEOUT_NS, .alive = worth_waiting, .service = &context};
    struct error why = {0};
    uint64_t ready_ns;
    char *url = instance_url(instance);
    int result = verify_ready(url, &wait, &ready_ns, &why);

    free(url);
    if (result == 0) {
        instance->cold_start_ns = ready_ns - service_started_ns(instance->service);
        return 0;
    }
    if (stop != NULL && atomic_load(stop)) {
        return error_stopped(err);
    }
    return not_ready(instance, manifest, &why, err);
}

/* The variables that a backend gets: the harness's own, and those of the options. The strings are borrowed. */
static char **variables_of(const struct instance_options *options, char *const *own)
{
    char **list = NULL;
    size_t count = 0;

    for (; *own != NULL; own++) {
        *list_add(list, count) = *own;
    }
    for (size_t i = 0; options->variables != NULL && options->variables[i] != NULL; i++) {
        *list_add(list, count) = options->variables[i];
    }
    *list_add(list, count) = NULL;
    return list;
}

static int start_service(struct instance *instance, const struct instance_options *options, struct error *err)
{
    char *port = mem_format("PORT=%u", instance->port);
    char *count = mem_format("CORES=%u", core_set_count(options->cores));
    char *own[] = {"HOST=" INSTANCE_HOST, port, count, NULL};
    char **environment = variables_of(options, own);
    int result = service_start(&instance->service,
                               &(struct child_options){.argv = options->manifest->run.argv,
                                                       .folder = options->manifest->folder,
                                                       .environment = environment,
                                                       .cores = options->cores},
                               err);

    free((void *)environment);
    free(port);
    free(count);
    if (result != 0) {
        return error_context(err, "%s", options->manifest->name);
    }
    return 0;
}

int instance_start(struct instance *instance, const struct instance_options *options, struct error *err)
{
    struct instance started = {0};

    if (port_find_free(&started.port, err) != 0 || start_service(&started, options, err) != 0) {
        return -1;
    }
    if (wait_ready(&started, options->manifest, options->stop, err) != 0) {
        service_free(started.service);
        return -1;
    }
    started.sampler = sampler_new(service_pid(started.service), started.port, options->cores);
    *instance = started;
    return 0;
}

void instance_stop(struct instance *instance)
{
    sampler_free(instance->sampler);
    if (instance->service != NULL) {
        service_stop(instance->service, STOP_PATIENCE_NS, NULL);
        service_free(instance->service);
    }
    *instance = (struct instance){0};
}

char *instance_url(const struct instance *instance)
{
    return mem_format("http://" INSTANCE_HOST ":%u", instance->port);
}

void instance_death(struct instance *instance, struct death *ret_death)
{
    struct ending ending;
    if (service_ended(instance->service, &ending)) {
        *ret_death = (struct death){
            .died = true,
            .at_ns = ending.at_ns,
            .exit_code = ending.exit_code,
            .signal = ending.signal,
            .output = last_of(service_output(instance->service)),
        };
    }
}
