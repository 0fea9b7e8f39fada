namespace PatchOperator.EndToEnd.Tests.Clusters;

/// <summary>What the registry holds, by the word of skopeo.</summary>
internal sealed class ImageRegistry(string address)
{
    /// <summary>Where pods and nodes reach this machine.</summary>
    public string Host => address.Split(':')[0];

    /// <summary>As a baseline names it.</summary>
    public string Repository(string name) => $"{address}/{name}";

    /// <summary>The digest that a tag stands for; it is computed from what the registry gives out.</summary>
    public async Task<string> DigestAsync(string name, string tag)
    {
        var manifest = await InspectAsync($"{Repository(name)}:{tag}");
        return $"sha256:{manifest.Succeeded()}";
    }

    public async Task<bool> HasAsync(string name, string digest) => (await InspectAsync($"{Repository(name)}@{digest}")).ExitCode == 0;

    /// <summary>Runs a command of the shell in a container of a container image.</summary>
    public async Task<string> RunAsync(string name, string digest, string command)
    {
        const string witness = "patchop.local/witness:1";
        (await Command.RunAsync("skopeo", ["copy", "--src-tls-verify=false", $"docker://{Repository(name)}@{digest}", $"docker-daemon:{witness}"])).Succeeded();
        try
        {
            return (await Command.RunAsync("docker", ["run", "--rm", "--network=host", witness, "sh", "-c", command])).Succeeded();
        }
        finally
        {
            await Command.RunAsync("docker", ["rmi", witness]);
        }
    }

    private static Task<Command> InspectAsync(string reference) => Command.RunAsync(
        "bash", ["-o", "pipefail", "-c", "skopeo inspect --raw --tls-verify=false \"docker://$1\" | sha256sum | cut -d ' ' -f 1", "inspect", reference]);
}
