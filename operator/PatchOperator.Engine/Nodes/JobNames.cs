using System.Security.Cryptography;
using System.Text;
using PatchOperator.Api;

namespace PatchOperator.Engine.Nodes;

/// <summary>Deterministic Job names: one (node UID, run or scan, step, attempt) has one name, so that "already exists" is success.</summary>
public static class JobNames
{
    // A Job's pods add six characters to the name, and a pod's name becomes a label and a host name of at most 63.
    private const int MaxLength = 57;

    public static string For(NodeKey node, string operation, OperationStep step, int attempt)
    {
        var hash = Hash($"{node.Uid}/{operation}/{step}/{attempt}");
        var prefix = $"patch-{step.ToString().ToLowerInvariant()}-";
        var room = MaxLength - prefix.Length - hash.Length - 1;
        var readable = node.Name.Length <= room ? node.Name : node.Name[..room];
        return $"{prefix}{readable.Replace('.', '-').TrimEnd('-')}-{hash}";
    }

    /// <summary>The same for every attempt of an operation on a node: what the step's unit on the host is called after.</summary>
    public static string Operation(NodeKey node, string operation) => Hash($"{node.Uid}/{operation}");

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..10];
}

/// <summary>A node by name and UID.</summary>
public readonly record struct NodeKey(string Name, string Uid);
