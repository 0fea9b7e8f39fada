using System.Net.Http.Headers;
using System.Text.Json;
using k8s;
using k8s.Exceptions;
using PatchOperator.Sdk.KubeConfig;

namespace PatchOperator.Sdk.Authentication;

/// <summary>
/// Credentials from a command (https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins).
/// The command runs when credentials are first needed, when they expire, and after the server refused them; never twice at once.
/// </summary>
internal sealed class ExecPlugin(ExecConfig config, TimeProvider time) : IDisposable
{
    /// <summary>Refresh this long before the expiry the plugin gave: a request under way must not outlive its token.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim running = new(1, 1);
    private volatile ExecCredential? current;

    /// <summary>The credentials that were last obtained.</summary>
    internal ExecCredential? Current => current;

    public void Dispose() => running.Dispose();

    internal async ValueTask<ExecCredential> GetAsync(CancellationToken cancellationToken)
    {
        if (current is { } fresh && !Expired(fresh))
            return fresh;

        await running.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (current is { } meanwhile && !Expired(meanwhile))
                return meanwhile;

            return current = Read(await ExecCommand.RunAsync(config, time, cancellationToken).ConfigureAwait(false));
        }
        finally
        {
            running.Release();
        }
    }

    internal void Forget() => current = null;

    private bool Expired(ExecCredential credential) => credential.Expires is { } expires && time.GetUtcNow() >= expires - Margin;

    private ExecCredential Read(string output)
    {
        var document = Parse(output);
        if (document?.ApiVersion != config.ApiVersion)
            throw new KubeConfigException($"{config.Command} answered in {document?.ApiVersion ?? "no version"}, asked was {config.ApiVersion}");

        var status = document?.Status;
        var certificate = status is { ClientCertificateData: { } pem, ClientKeyData: { } key } ? ClientCertificateSource.FromPem(pem, key) : null;
        if (string.IsNullOrEmpty(status?.Token) && certificate is null)
            throw new KubeConfigException($"{config.Command} answered with neither a token nor a certificate");

        var header = string.IsNullOrEmpty(status?.Token) ? null : new AuthenticationHeaderValue("Bearer", status.Token);
        return new ExecCredential(header, certificate, status?.ExpirationTimestamp);
    }

    private ExecCredentialDocument? Parse(string output)
    {
        try
        {
            return KubernetesJson.Deserialize<ExecCredentialDocument>(output);
        }
        catch (JsonException e)
        {
            throw new KubeConfigException($"{config.Command} did not answer with an ExecCredential", e); // not the text: it may be a secret
        }
    }
}
