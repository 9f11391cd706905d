using Agent.WebRtc.Dtls;

namespace Agent.Tests.WebRtc.Dtls;

public sealed class DtlsRecordTests
{
    private const string Good = "17FEFD000100000000000100180011223344556677AABBCCDDEEFF00112233445566778899";
    private const string Clear = "16FEFF000000000000000000020100";

    [Theory]
    [InlineData(Good, 37)]
    [InlineData(Clear, 15)]
    [InlineData(Clear + Good, 52)]
    [InlineData(Good + "17FEFD0001000000010000000100", 37)] // protected, but shorter than nonce and tag
    [InlineData(Clear + "17FEFD00010000000100000018", 15)] // cut off
    [InlineData("16FEFD00000000000000000000", 0)] // empty
    [InlineData("160303000000000000000000020100", 0)] // not DTLS
    [InlineData("", 0)]
    public void MeasureUsable_Records_StopsBeforeTheFirstBadOne(string hex, int expected) =>
        Assert.Equal(expected, DtlsRecord.MeasureUsable(Convert.FromHexString(hex)));
}
