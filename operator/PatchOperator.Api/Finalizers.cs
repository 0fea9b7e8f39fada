namespace PatchOperator.Api;

/// <summary>What keeps our objects until what they asked for has been undone.</summary>
public static class Finalizers
{
    /// <summary>Keeps a policy until its runs are gone and its nodes are restored.</summary>
    public const string PatchPolicy = ApiGroup.Name + "/patchpolicyfinalizer";

    /// <summary>Keeps a run until it has taken back what it asked of nodes, and they are restored.</summary>
    public const string PatchRun = ApiGroup.Name + "/patchrunfinalizer";

    /// <summary>Keeps a NodePatch until its node is restored, or gone.</summary>
    public const string NodePatch = ApiGroup.Name + "/nodepatchfinalizer";
}
