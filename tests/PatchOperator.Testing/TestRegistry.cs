using System.Diagnostics;
using System.Text.RegularExpressions;

namespace PatchOperator.Testing;

/// <summary>Debian's docker-registry on a port of its own, with plain HTTP, until it is disposed.</summary>
public sealed partial class TestRegistry : IDisposable
{
    public const string User = "golden";
    public const string Password = "open sesame";

    // bcrypt of the password, as htpasswd -B would write it.
    private const string Htpasswd = $"{User}:$2a$04$GoldenGoldenGoldenGolOsctceTsK8wVO/MDVVKPjMna9gx08PUy\n";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("registry-");
    private readonly Process process;
    private readonly Task drained;

    private TestRegistry(bool deletion, bool login, string? tokens, TestRegistry? shown = null)
    {
        File.WriteAllText(Path.Combine(folder.FullName, "htpasswd"), Htpasswd);
        var configuration = Path.Combine(folder.FullName, "config.yml");
        File.WriteAllText(configuration, $$"""
            version: 0.1
            log:
              level: info
            http:
              addr: 127.0.0.1:0
            storage:
              filesystem:
                rootdirectory: {{(shown ?? this).folder.FullName}}/data
              delete:
                enabled: {{(deletion ? "true" : "false")}}
              maintenance:
                uploadpurging:
                  enabled: false
                readonly:
                  enabled: {{(shown is null ? "false" : "true")}}
            {{tokens ?? (login ? $"auth:\n  htpasswd:\n    realm: test\n    path: {folder.FullName}/htpasswd" : "")}}
            """);
        process = Command.Start(Program(), ["serve", configuration]);
        Address = ListeningAddress();
        drained = Task.WhenAll(process.StandardError.BaseStream.CopyToAsync(Stream.Null), process.StandardOutput.BaseStream.CopyToAsync(Stream.Null));
    }

    /// <summary>Host and port.</summary>
    public string Address { get; }

    /// <summary>A Docker configuration with the login.</summary>
    public string DockerConfig => $$$"""{"auths":{"{{{Address}}}":{"username":"{{{User}}}","password":"{{{Password}}}"} } }""";

    /// <param name="deletion">Whether images can be deleted.</param>
    /// <param name="login">Whether it asks for <see cref="User"/> and <see cref="Password"/>.</param>
    /// <param name="tokens">The part of its settings, in YAML, that makes it ask for tokens.</param>
    public static TestRegistry Start(bool deletion = true, bool login = false, string? tokens = null) => new(deletion, login, tokens);

    /// <summary>Another, which has what this one has and takes nothing.</summary>
    public TestRegistry ReadOnly() => new(deletion: false, login: false, tokens: null, shown: this);

    /// <summary>From now on nobody answers at its address.</summary>
    public void Stop()
    {
        process.Kill();
        process.WaitForExit();
        drained.GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        if (!process.HasExited)
            Stop();
        process.Dispose();
        folder.Delete(recursive: true);
    }

    private static string Program()
    {
        var unpacked = Cache.PathOf("registry/usr/bin/docker-registry");
        return File.Exists(unpacked) ? unpacked : "docker-registry";
    }

    /// <summary>The port is the kernel's choice, and the registry says which.</summary>
    private string ListeningAddress()
    {
        var said = "";
        while (process.StandardError.ReadLine() is { } line)
        {
            if (Listening().Match(line) is { Success: true } match)
                return match.Groups[1].Value;
            said += line + "\n";
        }

        throw new InvalidOperationException($"the registry ended: {said}");
    }

    [GeneratedRegex(@"listening on (127\.0\.0\.1:[0-9]+)")]
    private static partial Regex Listening();
}
