/* sampler_fixture: a service in a role (child_roles) and a sampler of it. */
#ifndef TWOFOLD_TESTS_SUPPORT_SAMPLER_FIXTURE_H
#define TWOFOLD_TESTS_SUPPORT_SAMPLER_FIXTURE_H

#include "host/process/port.h"
#include "host/sampler.h"
#include "service_fixture.h"
#include "test.h"

struct sampler_fixture {
    struct service *service;
    struct sampler *sampler;
    struct core_set cores;
    uint16_t port;
};

/* Starts both. */
static inline struct sampler_fixture start(const char *role, const char *number)
{
    char variable[16];
    char *environment[] = {variable, NULL};
    struct sampler_fixture fixture = {0};

    assert_int_equal(port_find_free(&fixture.port, NULL), 0);
    snprintf(variable, sizeof variable, "PORT=%u", fixture.port);
    fixture.service = start_service(role, number, environment);
    core_set_add(&fixture.cores, 0);
    fixture.sampler = sampler_new(service_pid(fixture.service), fixture.port, &fixture.cores);
    return fixture;
}

/* Starts both and waits until the role is ready. */
static inline struct sampler_fixture start_ready(const char *role, const char *number)
{
    struct sampler_fixture fixture = start(role, number);
    wait_for_word(fixture.service, "ready");
    return fixture;
}

static inline void end(struct sampler_fixture *fixture)
{
    sampler_free(fixture->sampler);
    service_free(fixture->service);
}

static inline struct sample read_one(const struct sampler_fixture *fixture)
{
    struct sample sample;
    memset(&sample, 0x5a, sizeof sample);
    sampler_read(fixture->sampler, &sample);
    return sample;
}

#endif
