namespace PatchOperator.Agent.Hosts;

/// <summary>A program of the host with its arguments: never a line for a shell.</summary>
internal sealed record HostCommand(string Program, params IReadOnlyList<string> Arguments)
{
    public override string ToString() => string.Join(' ', [Program, .. Arguments]);
}
