using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using k8s;
using k8s.Exceptions;

namespace PatchOperator.Sdk.Authentication;

/// <summary>The client certificate of a configuration; one in files is read again when the files were replaced.</summary>
internal sealed class ClientCertificateSource
{
    private readonly string? certificateFile;
    private readonly string? keyFile;
    private readonly Lock reading = new();
    private X509Certificate2 current;
    private (DateTime, DateTime) written;

    private ClientCertificateSource(KubernetesClientConfiguration config)
    {
        certificateFile = NullIfBlank(config.ClientCertificateFilePath);
        keyFile = NullIfBlank(config.ClientKeyFilePath);
        written = Written();
        current = FromPem(
            certificateFile is null ? Decode(config.ClientCertificateData) : File.ReadAllText(certificateFile),
            keyFile is null ? Decode(config.ClientCertificateKeyData) : File.ReadAllText(keyFile));
    }

    /// <summary>The certificate to present now. Files that are half written leave the earlier one in use.</summary>
    internal X509Certificate2 Current
    {
        get
        {
            lock (reading)
            {
                if (certificateFile is not null && keyFile is not null && Written() is var now && now != written)
                    Reread(certificateFile, keyFile, now);
                return current;
            }
        }
    }

    internal static ClientCertificateSource? From(KubernetesClientConfiguration config)
    {
        var certificate = NullIfBlank(config.ClientCertificateFilePath) ?? NullIfBlank(config.ClientCertificateData);
        var key = NullIfBlank(config.ClientKeyFilePath) ?? NullIfBlank(config.ClientCertificateKeyData);
        return certificate is null || key is null ? null : new ClientCertificateSource(config);
    }

    internal static X509Certificate2 FromPem(string certificate, string key)
    {
        var pair = X509Certificate2.CreateFromPem(certificate, key);
        if (!RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
            return pair;

        // Windows does not use a key that was never in a key store.
        using (pair)
            return X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), null);
    }

    private void Reread(string certificate, string key, (DateTime, DateTime) now)
    {
        try
        {
            current = FromPem(File.ReadAllText(certificate), File.ReadAllText(key));
            written = now;
        }
        catch (Exception e) when (e is IOException or CryptographicException or ArgumentException)
        {
            // Looked at again on the next connection.
        }
    }

    private (DateTime, DateTime) Written() => (Stamp(certificateFile), Stamp(keyFile));

    private static DateTime Stamp(string? file) => file is null ? default : File.GetLastWriteTimeUtc(file);

    private static string? NullIfBlank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static string Decode(string base64)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(base64));
        }
        catch (FormatException e)
        {
            throw new KubeConfigException("the client certificate or its key is not base64", e);
        }
    }
}
