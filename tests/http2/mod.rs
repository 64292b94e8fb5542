//! HTTP/2 by hand: frames as no well-behaved client sends them.
#![allow(dead_code)] // Each of the test programs uses a part of it.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// How long a write may be held up, or an answer be waited for.
const PATIENCE: Duration = Duration::from_secs(10);

pub const DATA: u8 = 0;
pub const HEADERS: u8 = 1;
pub const PRIORITY: u8 = 2;
pub const RST_STREAM: u8 = 3;
pub const SETTINGS: u8 = 4;
pub const PING: u8 = 6;
pub const GOAWAY: u8 = 7;
pub const WINDOW_UPDATE: u8 = 8;
pub const CONTINUATION: u8 = 9;

pub const END_STREAM: u8 = 1;
pub const END_HEADERS: u8 = 4;

/// A frame as it is received.
#[derive(Debug)]
pub struct Frame {
    pub kind: u8,
    pub flags: u8,
    pub stream: u32,
}

/// A connection that has begun as HTTP/2 does.
pub struct Http2(TcpStream);

impl Http2 {
    /// Connects and sends preface and settings, each a number and a value.
    pub async fn connect(address: &str, settings: &[(u16, u32)]) -> Self {
        let stream = TcpStream::connect(address).await.unwrap();
        let mut connection = Http2(stream);
        let settings = settings.iter().flat_map(|(number, value)| {
            [&number.to_be_bytes()[..], &value.to_be_bytes()[..]].concat()
        });
        let settings = frame(SETTINGS, 0, 0, &settings.collect::<Vec<u8>>());
        let begin = [b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", &settings[..]].concat();
        connection.send(&begin).await.unwrap();
        connection
    }

    /// Sends bytes. Fails where the server closes the connection, or doesn't read any more.
    pub async fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        tokio::time::timeout(PATIENCE, self.0.write_all(bytes)).await?
    }

    /// The next frame.
    pub async fn receive(&mut self) -> io::Result<Frame> {
        let read = async {
            let mut head = [0; 9];
            self.0.read_exact(&mut head).await?;
            let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
            let mut payload = vec![0; length as usize];
            self.0.read_exact(&mut payload).await?;
            Ok(Frame {
                kind: head[3],
                flags: head[4],
                stream: u32::from_be_bytes([head[5], head[6], head[7], head[8]]),
            })
        };
        tokio::time::timeout(PATIENCE, read).await?
    }

    /// Waits for a frame of a kind on a stream.
    pub async fn wait_for(&mut self, kind: u8, stream: u32) -> Frame {
        loop {
            let frame = self.receive().await;
            let frame = frame.unwrap_or_else(|error| panic!("no frame of kind {kind}: {error}"));
            if (frame.kind, frame.stream) == (kind, stream) {
                return frame;
            }
        }
    }

    /// The first frame of any of these kinds.
    pub async fn receive_any(&mut self, kinds: &[u8]) -> Frame {
        loop {
            let frame = self.receive().await.unwrap();
            if kinds.contains(&frame.kind) {
                return frame;
            }
        }
    }

    /// Sends the same bytes over and over, so often at most; gives how often until the server had enough.
    pub async fn flood(&mut self, bytes: &[u8], times: usize) -> usize {
        self.flood_with(times, |_| bytes.to_vec()).await
    }

    /// The same with other bytes each time.
    pub async fn flood_with(&mut self, times: usize, bytes: impl Fn(usize) -> Vec<u8>) -> usize {
        const AT_ONCE: usize = 64;
        for round in 0..times / AT_ONCE {
            let from = round * AT_ONCE;
            let together: Vec<u8> = (from..from + AT_ONCE).flat_map(&bytes).collect();
            if self.send(&together).await.is_err() {
                return from;
            }
        }
        times
    }
}

/// A frame as it is sent.
pub fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    let head = [&length[1..], &[kind, flags], &stream.to_be_bytes()].concat();
    [head.as_slice(), payload].concat()
}

/// The headers of a call, to be followed by its message.
pub fn call(stream: u32, method: &str) -> Vec<u8> {
    let path = format!("/newsprism.v1.ArticleAnalysisService/{method}");
    let fields = [
        (":method", "POST"),
        (":scheme", "http"),
        (":path", &path),
        (":authority", "localhost"),
        ("content-type", "application/grpc"),
        ("te", "trailers"),
    ];
    let block: Vec<u8> = fields
        .iter()
        .flat_map(|(name, value)| field(name, value))
        .collect();
    frame(HEADERS, END_HEADERS, stream, &block)
}

/// A header as HPACK has it, neither indexed nor compressed.
pub fn field(name: &str, value: &str) -> Vec<u8> {
    [&[0], &text(name)[..], &text(value)].concat()
}

fn text(text: &str) -> Vec<u8> {
    const PREFIX: usize = 0x7f;
    let mut bytes = Vec::new();
    let mut rest = text.len();
    if rest < PREFIX {
        bytes.push(rest as u8);
    } else {
        bytes.push(PREFIX as u8);
        rest -= PREFIX;
        while rest >= 0x80 {
            bytes.push((rest % 0x80) as u8 | 0x80);
            rest /= 0x80;
        }
        bytes.push(rest as u8);
    }
    bytes.extend(text.as_bytes());
    bytes
}
