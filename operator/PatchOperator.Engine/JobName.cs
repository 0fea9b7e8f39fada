using System.Security.Cryptography;
using System.Text;

namespace PatchOperator.Engine;

/// <summary>Deterministic names of Jobs: the same identity has the same name, so that "already exists" is success.</summary>
internal static class JobName
{
    // A Job's pods add six characters to the name, and a pod's name becomes a label and a host name of at most 63.
    private const int MaxLength = 57;

    /// <param name="prefix">What the Job does, with a dash at the end.</param>
    /// <param name="about">The name of what it works on, cut where it is too long.</param>
    /// <param name="identity">What tells the Job from every other.</param>
    public static string Of(string prefix, string about, string identity)
    {
        var hash = Hash(identity);
        var room = MaxLength - prefix.Length - hash.Length - 1;
        var readable = about.Length <= room ? about : about[..room];
        return $"{prefix}{readable.Replace('.', '-').TrimEnd('-')}-{hash}";
    }

    public static string Hash(string identity) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)))[..10];
}
