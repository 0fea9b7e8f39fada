using PatchOperator.Api;

namespace PatchOperator.Jobs;

/// <summary>Annotations of our Jobs: labels cannot hold every node name.</summary>
internal static class JobAnnotations
{
    public const string Node = ApiGroup.Name + "/node-name";
    public const string BootId = ApiGroup.Name + "/boot-id";
}
