using System.Text.Json.Nodes;

namespace PatchOperator.GitOps.Tests.Health;

/// <summary>
/// The rules by which Flux, kpt and others tell how an object stands: <c>Compute</c> of sigs.k8s.io/cli-utils, <c>pkg/kstatus/status</c>, for kinds that it has
/// no rules of its own for.
/// </summary>
internal static class Kstatus
{
    public static (string Status, string Message) Of(JsonObject item)
    {
        if (item["metadata"]!["deletionTimestamp"] is not null)
            return ("Terminating", "Resource scheduled for deletion");
        if (item["metadata"]!["generation"] is { } generation
            && item["status"]?["observedGeneration"] is { } observed
            && observed.ToJsonString() != generation.ToJsonString())
            return ("InProgress", $"{item["kind"]} generation is {generation}, but latest observed generation is {observed}");
        var conditions = item["status"]?["conditions"]?.AsArray().Select(condition => condition!).ToList() ?? [];
        foreach (var condition in conditions.Where(condition => (string)condition["status"]! == "True"))
        {
            if ((string)condition["type"]! == "Reconciling")
                return ("InProgress", (string)condition["message"]!);
            if ((string)condition["type"]! == "Stalled")
                return ("Failed", (string)condition["message"]!);
        }

        return conditions.FirstOrDefault(condition => (string)condition["type"]! == "Ready") is { } ready && (string)ready["status"]! != "True"
            ? ("InProgress", (string)ready["message"]!)
            : ("Current", "Resource is current");
    }
}
