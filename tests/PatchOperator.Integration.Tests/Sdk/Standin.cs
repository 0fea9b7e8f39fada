using KubeOps.KubernetesClient;

namespace PatchOperator.Integration.Tests.Sdk;

/// <summary>These tests run on the real KubeOps too. A few promises are our part's alone; their tests end at once on the other.</summary>
internal static class Standin
{
    internal static bool InUse { get; } = typeof(IKubernetesClient).Assembly.GetName().Name == "PatchOperator.Sdk";
}
