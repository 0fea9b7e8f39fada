using PatchOperator.Agent.Tests.Running;

namespace PatchOperator.Agent.Tests.Hosts;

/// <summary>A key of OpenPGP, made for one test.</summary>
internal sealed class SigningKey : IDisposable
{
    private const string Owner = "test@example.org";

    private readonly string home = Directory.CreateTempSubdirectory("patch-operator-key-").FullName;

    public SigningKey() => Gpg("--quick-generate-key", Owner, "rsa2048", "default", "never");

    /// <summary>What others check its signatures with.</summary>
    public string Public => Gpg("--armor", "--export");

    /// <summary>A text with the signature around it, as archives of apt have their <c>InRelease</c>.</summary>
    public string Sign(string text)
    {
        File.WriteAllText($"{home}/text", text);
        return Gpg("--output", "-", "--clearsign", $"{home}/text");
    }

    /// <summary>The signature of a file by itself, as repositories of rpm have theirs.</summary>
    public string SignatureOf(string file) => Gpg("--armor", "--output", "-", "--detach-sign", file);

    /// <summary>Puts the signature into a package of rpm.</summary>
    public void SignPackage(string file) => Shell.Run(
        "rpmsign", "--define", "__gpg /usr/bin/gpg", "--define", $"_gpg_name {Owner}", "--define", $"_gpg_path {home}", "--addsign", file);

    public void Dispose()
    {
        Shell.Run("gpgconf", "--homedir", home, "--kill", "all");
        Directory.Delete(home, recursive: true);
    }

    private string Gpg(params string[] arguments) => Shell.Run("gpg", ["--homedir", home, "--batch", "--quiet", "--pinentry-mode", "loopback", "--passphrase", "", .. arguments]);
}
