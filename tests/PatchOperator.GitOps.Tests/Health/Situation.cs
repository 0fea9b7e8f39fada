using System.Text.Json.Nodes;
using k8s;
using k8s.Models;

namespace PatchOperator.GitOps.Tests.Health;

/// <summary>An object as the operator leaves it, and what a GitOps tool has to make of it.</summary>
/// <param name="Name">The situation in words.</param>
/// <param name="Item">The object, as the API server has it.</param>
/// <param name="Kstatus">The status that Flux is to see.</param>
/// <param name="Health">The health that Argo CD is to show.</param>
internal sealed record Situation(string Name, JsonObject Item, string Kstatus, string Health)
{
    public static Situation Of(string name, IKubernetesObject<V1ObjectMeta> entity, string kstatus, string health) =>
        new(name, JsonNode.Parse(KubernetesJson.Serialize(entity))!.AsObject(), kstatus, health);

    /// <summary>As the API server gives an object that the operator has not looked at.</summary>
    public Situation Unseen() =>
        this with
        {
            Name = $"{Item["kind"]} that the operator has not looked at",
            Item = Copy("status", new JsonObject { ["observedGeneration"] = -1 }),
            Kstatus = "InProgress",
            Health = "Progressing",
        };

    /// <summary>Whose spec was changed since the operator looked at it last.</summary>
    public Situation Edited() => WithMetadata($"{Item["kind"]} that was edited since", "generation", 2, "InProgress");

    public Situation Deleted() => WithMetadata($"{Item["kind"]} that is being deleted", "deletionTimestamp", "2026-11-20T12:00:00Z", "Terminating");

    public override string ToString() => Name;

    private Situation WithMetadata(string name, string field, JsonNode value, string kstatus)
    {
        var item = Item.DeepClone().AsObject();
        item["metadata"]![field] = value;
        return this with { Name = name, Item = item, Kstatus = kstatus, Health = "Progressing" };
    }

    private JsonObject Copy(string field, JsonNode value)
    {
        var item = Item.DeepClone().AsObject();
        item[field] = value;
        return item;
    }
}
