using System.Text.Json.Nodes;

namespace PatchOperator.GitOps.Tests.Programs;

/// <summary>
/// What Argo CD makes of an object with the customizations of config/argocd, read from the ConfigMap that kustomize makes of them. Its own rules are those of
/// argoproj/gitops-engine, <c>pkg/health/health.go</c>, and argoproj/argo-cd, <c>util/lua/lua.go</c>.
/// </summary>
internal static class ArgoCd
{
    private static readonly Lazy<JsonObject> Customizations = new(() => Kustomization.Of("config/argocd")["ConfigMap argocd-cm"]["data"]!.AsObject());

    public static IEnumerable<string> Keys => Customizations.Value.Select(entry => entry.Key);

    public static (string Status, string Message) Health(JsonObject item)
    {
        // No script is asked about an object that is being deleted.
        if (item["metadata"]!["deletionTimestamp"] is not null)
            return ("Progressing", "Pending deletion");
        var health = Lua.Run(Script("health", item), item);
        Assert.Contains(health["/status"], new[] { "Healthy", "Progressing", "Suspended", "Degraded" });
        return (health["/status"], health["/message"]);
    }

    /// <summary>The actions that a person is offered.</summary>
    public static IEnumerable<string> Actions(JsonObject item) =>
        Lua.Run((string)ActionsOf(item)["discovery.lua"]!, item).Keys.Where(path => path.Length > 0).Select(path => path[1..]).Order(StringComparer.Ordinal);

    /// <summary>The annotations of the object after an action.</summary>
    public static Dictionary<string, string> Annotations(string action, JsonObject item)
    {
        const string Prefix = "/metadata/annotations/";
        var definition = ActionsOf(item)["definitions"]!.AsArray().Single(candidate => (string)candidate!["name"]! == action)!;
        return Lua.Run((string)definition["action.lua"]!, item)
            .Where(field => field.Key.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(field => field.Key[Prefix.Length..], field => field.Value);
    }

    private static JsonObject ActionsOf(JsonObject item) => Yaml.Documents(Script("actions", item)).Single();

    private static string Script(string what, JsonObject item) =>
        (string)Customizations.Value[$"resource.customizations.{what}.patchoperator.io_{item["kind"]}"]!;
}
