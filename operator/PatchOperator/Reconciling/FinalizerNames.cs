using PatchOperator.Api;

namespace PatchOperator.Reconciling;

/// <summary>The finalizers, named as KubeOps derives them from the finalizers' types.</summary>
internal static class FinalizerNames
{
    public const string PatchPolicy = ApiGroup.Name + "/patchpolicyfinalizer";
    public const string PatchRun = ApiGroup.Name + "/patchrunfinalizer";
    public const string NodePatch = ApiGroup.Name + "/nodepatchfinalizer";
}
