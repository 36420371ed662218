#include "bench/service/instance.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/list.h"
#include "base/mem.h"
#include "bench/service/attached_instance.h"
#include "bench/service/boxing.h"
#include "contract/verify/ready.h"
#include "host/process/port.h"
#include "host/process/port_owner.h"
#include "host/sampler.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define READY_TIMEOUT_NS (30 * CLOCK_SECOND_NS)

/* The user waits for the end. */
#define HURRY_PATIENCE_NS CLOCK_SECOND_NS

/* How long a process that has exited with 0 may have left a daemon to become ready. */
#define DAEMON_PATIENCE_NS (5 * CLOCK_SECOND_NS)

/* How long the process that was started may outlive the one that served for it: it knows how that ended. */
#define STARTER_PATIENCE_MS 500

/* /proc tells when a process began in ticks. */
#define TICKS_NS (20 * CLOCK_MILLISECOND_NS)

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

static bool ended_well(const struct ending *ending)
{
    return ending->exit_code == 0 && ending->signal == 0;
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
    if (service_ended(wait->service, &ending) &&
        (!ended_well(&ending) || clock_now_ns() - ending.at_ns > DAEMON_PATIENCE_NS)) {
        return false;
    }
    return wait->stop == NULL || !atomic_load(wait->stop);
}

/* The service did not become ready: the reason, and its last output. */
static int not_ready(struct instance *instance, const struct manifest *manifest, const struct error *why,
                     struct error *err)
{
    char *excuse = boxing_excuse(&manifest->box, instance->group);
    struct ending ending;
    struct text how = {0};

    if (service_ended(instance->service, &ending)) {
        ending_describe(&ending, &how);
    } else {
        text_format(&how, "is not ready: %s", why->message);
    }
    if (excuse != NULL) {
        text_format(&how, " %s", excuse);
    }
    free(excuse);
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
    struct verify_wait wait = {.path = manifest->ready,
                               .timeout_ns = READY_TIMEOUT_NS,
                               .alive = worth_waiting,
                               .service = &context};
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

char **instance_variables(uint16_t port, const struct instance_options *options)
{
    char **list = NULL;
    size_t count = 0;

    *list_add(list, count) = mem_format("HOST=%s", options->host != NULL ? options->host : INSTANCE_HOST);
    *list_add(list, count) = mem_format("PORT=%u", port);
    *list_add(list, count) = mem_format("CORES=%u", box_cores(&options->manifest->box, core_set_count(options->cores)));
    if (options->memory_bytes > 0) {
        *list_add(list, count) = mem_format("MEMORY=%" PRIu64, options->memory_bytes);
    }
    for (size_t i = 0; options->variables != NULL && options->variables[i] != NULL; i++) {
        *list_add(list, count) = mem_string(options->variables[i]);
    }
    *list_add(list, count) = NULL;
    return list;
}

/* This program itself is the supervisor. Free it with file_list_free. */
static char **kept_command(char *const *argv)
{
    char **list = NULL;
    size_t count = 0;

    *list_add(list, count) = mem_string("twofold");
    *list_add(list, count) = mem_string("keep");
    for (; *argv != NULL; argv++) {
        *list_add(list, count) = mem_string(*argv);
    }
    *list_add(list, count) = NULL;
    return list;
}

static int start_service(struct instance *instance, const struct instance_options *options, struct error *err)
{
    char **given = instance_variables(instance->port, options);
    char **kept = options->kept ? kept_command(options->manifest->run.argv) : NULL;
    int result =
        service_start(&instance->service,
                      &(struct child_options){.program = options->kept ? "/proc/self/exe" : NULL,
                                              .argv = options->kept ? kept : options->manifest->run.argv,
                                              .folder = options->manifest->folder,
                                              .environment = {.named = options->manifest->environment, .given = given},
                                              .cores = options->cores,
                                              .group = instance->group},
                      err);

    file_list_free(given);
    file_list_free(kept);
    if (result != 0) {
        return error_context(err, "%s", options->manifest->name);
    }
    return 0;
}

/* ---- who serves ---- */

static bool began_here(const struct instance *instance, const struct port_owner *owner)
{
    return owner->started_ns + TICKS_NS >= service_started_ns(instance->service);
}

static void follow(struct instance *instance, const struct port_owner *owner)
{
    if (outsider_hold(&instance->server, owner->pid, began_here(instance, owner)) == 0 &&
        watch_follow(instance->watch, owner->pid) == 0) {
        watch_follow_groups(instance->watch, owner->pid);
        instance->followed = mem_format("%d %s", (int)owner->pid, owner->name);
    }
}

/* A descendant that serves may outlive the process that was started. */
static void keep(struct instance *instance, const struct port_owner *owner)
{
    watch_follow_groups(instance->watch, owner->pid);
    if (owner->pid != service_pid(instance->service)) {
        outsider_hold(&instance->server, owner->pid, true);
    }
}

static void gather(struct instance *instance)
{
    if (instance->group != NULL && box_group_folders(instance->group)[0] != NULL) {
        watch_gather(instance->watch, box_group_folders(instance->group)[0]);
    }
}

/* Of a service whose processes are not known none is read, so that nobody takes the starter's figures for its. */
static void begin_watch(struct instance *instance, const struct core_set *cores)
{
    pid_t pid = service_pid(instance->service);
    struct port_owner owner;

    port_owner_find(instance->port, pid, &owner);
    instance->watch = watch_launched(owner.place == PORT_OWNER_UNKNOWN ? SAMPLER_NOBODY : pid, instance->port, cores);
    if (owner.place != PORT_OWNER_UNKNOWN) {
        watch_adopt(instance->watch, service_mark(instance->service));
        gather(instance);
    }
    if (owner.place == PORT_OWNER_OUTSIDE) {
        follow(instance, &owner);
    } else if (owner.place == PORT_OWNER_INSIDE) {
        keep(instance, &owner);
    } else {
        instance->not_watched = mem_string(owner.why);
    }
}

/* ---- its life ---- */

/* A port is found and given back before the service takes it: somebody may come between. Whether that is why the
 * service has ended: it says so, or another process listens there. */
static bool port_was_taken(const struct instance *instance)
{
    static const char *const words[] = {"address already in use", "EADDRINUSE", "address in use"};
    struct ending ending;
    struct port_owner owner;
    bool said = false;

    if (!service_ended(instance->service, &ending) || ended_well(&ending)) {
        return false;
    }
    char *output = service_output(instance->service);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        said = said || strcasestr(output, words[i]) != NULL;
    }
    free(output);
    port_owner_find(instance->port, service_pid(instance->service), &owner);
    return said || owner.place == PORT_OWNER_OUTSIDE;
}

/* *ret_taken: it did not start because its port was not free any more. */
static int start_once(struct instance *instance, const struct instance_options *options, bool *ret_taken,
                      struct error *err)
{
    struct instance started = {.stop = options->stop};

    snprintf(started.host, sizeof started.host, "%s", options->host != NULL ? options->host : INSTANCE_HOST);
    *ret_taken = false;
    if (port_find_free(&started.port, err) != 0 || boxing_make(&started.group, &options->manifest->box, err) != 0) {
        return -1;
    }
    if (start_service(&started, options, err) != 0) {
        box_group_free(started.group);
        return -1;
    }
    if (wait_ready(&started, options->manifest, options->stop, err) != 0) {
        *ret_taken = port_was_taken(&started);
        service_free(started.service);
        box_group_free(started.group);
        return -1;
    }
    begin_watch(&started, options->cores);
    *instance = started;
    return 0;
}

int instance_start(struct instance *instance, const struct instance_options *options, struct error *err)
{
    struct error why = {0};
    bool taken;

    if (options->manifest->attached != NULL) {
        return attached_instance_open(instance, options, err);
    }
    if (start_once(instance, options, &taken, &why) == 0) {
        return 0;
    }
    if (taken && why.kind != ERROR_STOPPED) {
        return start_once(instance, options, &taken, err);
    }
    if (err != NULL) {
        *err = why;
    }
    return -1;
}

void instance_stop(struct instance *instance)
{
    bool hurry = instance->stop != NULL && atomic_load(instance->stop);
    uint64_t patience_ns = hurry ? HURRY_PATIENCE_NS : INSTANCE_PATIENCE_NS;

    watch_free(instance->watch);
    if (instance->service != NULL) {
        service_stop(instance->service, patience_ns, NULL);
        service_free(instance->service);
    }
    outsider_end(&instance->server, patience_ns);
    box_group_free(instance->group);
    free(instance->followed);
    free(instance->not_watched);
    *instance = (struct instance){0};
}

char *instance_url(const struct instance *instance)
{
    return mem_format("http://%s:%u", instance->host, instance->port);
}

void instance_look(struct instance *instance)
{
    bool gone = instance->attached != NULL && !watch_alive(instance->watch);

    if (instance->server_ended_ns == 0 && (gone || outsider_ended(&instance->server))) {
        instance->server_ended_ns = clock_now_ns();
    }
}

/* What the process that was started says, which may come a little later than the end of the one that served. */
static bool starter_ended(const struct instance *instance, struct ending *ret_ending)
{
    int patience_ms = instance->server_ended_ns != 0 ? STARTER_PATIENCE_MS : 0;

    while (!service_ended(instance->service, ret_ending)) {
        if (patience_ms-- <= 0) {
            return false;
        }
        clock_sleep_ns(CLOCK_MILLISECOND_NS);
    }
    return true;
}

/* Whether nobody serves any more. Who starts a daemon may leave, and who keeps children at work may replace one. */
static bool has_died(const struct instance *instance, bool starter_ended, bool starter_well)
{
    bool server_ended = instance->server_ended_ns != 0;

    if (instance->followed != NULL) {
        return server_ended;
    }
    if (instance->not_watched != NULL) {
        return starter_ended && !starter_well;
    }
    return starter_ended && (!starter_well || instance->server.pid == 0 || server_ended);
}

void instance_death(struct instance *instance, struct death *ret_death)
{
    struct ending ending = {.exit_code = -1};

    if (instance->attached != NULL) {
        attached_instance_death(instance, ret_death);
        return;
    }
    instance_look(instance);
    bool told = starter_ended(instance, &ending);
    bool well = told && ended_well(&ending);
    if (has_died(instance, told, well)) {
        if (instance->server_ended_ns != 0 && (!told || well)) { /* it says nothing of the one that served */
            ending = (struct ending){.at_ns = instance->server_ended_ns, .exit_code = -1};
        }
        *ret_death = (struct death){
            .died = true,
            .at_ns = ending.at_ns,
            .exit_code = ending.exit_code,
            .signal = ending.signal,
            .output = last_of(service_output(instance->service)),
        };
    }
}

char *instance_end(struct instance *instance)
{
    struct death death = {0};
    struct text how = {0};

    instance_death(instance, &death);
    if (!death.died) {
        return NULL;
    }
    if (death.exit_code >= 0 || death.signal != 0) {
        ending_describe(&(struct ending){.exit_code = death.exit_code, .signal = death.signal}, &how);
    } else {
        text_add(&how, "ended");
    }
    free(death.output);
    return text_take(&how);
}

char *instance_output(const struct instance *instance)
{
    return last_of(service_output(instance->service));
}
