using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PatchOperator.Contract;
using PatchOperator.Contract.Images;

namespace PatchOperator.Agent.Images.Building;

/// <summary>The UUIDs of a disk, equal for equal builds: version 8 of RFC 9562, from what decides what is built.</summary>
internal sealed class DiskIds(ImageRequest request)
{
    private readonly string inputs = JsonSerializer.Serialize(
        new ImageRequest
        {
            Baseline = request.Baseline,
            SourceDateEpoch = request.SourceDateEpoch,
            Builder = request.Builder,
            Source = request.Source,
            Recipe = request.Recipe,
        },
        ContractJson.Default.ImageRequest);

    public Guid Of(string thing)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"{thing}\n{inputs}"))[..16];
        bytes[6] = (byte)(bytes[6] & 0x0F | 0x80);
        bytes[8] = (byte)(bytes[8] & 0x3F | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
