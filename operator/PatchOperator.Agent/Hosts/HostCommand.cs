namespace PatchOperator.Agent.Hosts;

/// <summary>A program of the host with its arguments: never a line for a shell.</summary>
internal sealed record HostCommand(string Program, params IReadOnlyList<string> Arguments)
{
    /// <summary>Of its environment, besides <see cref="HostEnvironment"/>.</summary>
    public IReadOnlyList<(string Name, string Value)> Variables { get; init; } = [];

    public override string ToString() => string.Join(' ', [Program, .. Arguments]);
}
