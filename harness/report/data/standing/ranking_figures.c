#include "report/data/standing/ranking_figures.h"

#include "analysis/capacity/ranking.h"
#include "report/data/figure.h"

#include <stddef.h>

static json_t *names_of(const struct ranking_group *group)
{
    json_t *names = json_array();
    for (size_t i = 0; i < group->count; i++) {
        json_array_append_new(names, figure_text(group->members[i]->record->name));
    }
    return names;
}

static json_t *service_of(const struct ranking *ranking, const struct backend_finding *backend)
{
    json_t *above = json_array(), *alike = json_array();

    for (size_t i = 0; i < ranking->judged.count; i++) {
        const struct backend_finding *other = ranking->judged.members[i];
        if (ranking_above(backend, other)) {
            json_array_append_new(above, figure_text(other->record->name));
        } else if (other != backend && ranking_alike(backend, other)) {
            json_array_append_new(alike, figure_text(other->record->name));
        }
    }
    return figures_object((struct figure[]){
        {"name", figure_text(backend->record->name)},
        {"above", above},
        {"alike", alike},
        {NULL, NULL},
    });
}

json_t *ranking_figures(const struct findings *findings)
{
    json_t *services = json_array();
    struct ranking ranking;

    ranking_find(findings, &ranking);
    for (size_t i = 0; i < ranking.judged.count; i++) {
        json_array_append_new(services, service_of(&ranking, ranking.judged.members[i]));
    }
    json_t *object = figures_object((struct figure[]){
        {"first", names_of(&ranking.first)},
        {"longest", names_of(&ranking.longest)},
        {"leader", figure_text(ranking.leader != NULL ? ranking.leader->record->name : NULL)},
        {"services", services},
        {NULL, NULL},
    });
    ranking_release(&ranking);
    return object;
}
