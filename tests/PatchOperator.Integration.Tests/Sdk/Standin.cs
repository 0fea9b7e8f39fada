using k8s;

namespace PatchOperator.Integration.Tests.Sdk;

/// <summary>These tests run on the packages too. A few promises are the stand-in's alone; their tests end at once on the packages.</summary>
internal static class Standin
{
    internal static bool InUse { get; } = typeof(IKubernetes).Assembly.GetName().Name == "PatchOperator.Sdk";
}
