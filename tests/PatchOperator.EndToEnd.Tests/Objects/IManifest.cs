namespace PatchOperator.EndToEnd.Tests.Objects;

/// <summary>What kubectl can apply.</summary>
internal interface IManifest
{
    IReadOnlyList<object> Objects { get; }
}
