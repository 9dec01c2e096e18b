export const privacyKo = {
  'consent.title': '시작하기 전에',
  'consent.notice':
    'Today Feeling은 표정이 어때 보이는지 어림해요. 틀릴 수 있고, 실제 감정이나 건강을 말해 주지는 않아요. 자신에게만 쓰고, 다른 사람에게는 쓰지 말아 주세요.',
  'consent.camera': '카메라로 보아도 좋아요',
  'consent.camera.hint':
    '켜져 있을 때만 보고, 켜져 있으면 늘 표시해요. 화면은 이 기기에서 읽고 바로 잊어요.',
  'consent.history': '기록을 남겨 주세요',
  'consent.history.hint':
    '표정을 나타낸 숫자와 들은 노래를 이 서버에 남겨요. 일기와 통계, 취향을 배우는 데에 써요. 끄면 보내지 않고, 다음에 나올 노래만 길어야 하루 적어 두어요.',
  'consent.traceless': '서버에 아무것도 남기지 않을게요',
  'consent.traceless.hint':
    '노래를 고를 때마다 이 화면이 보낸 정보만 써요. 세션도 일기도 학습도 계정도 없어요. 이미 저장된 것은 직접 지울 때까지 남아 있어요.',
  'traceless.likes':
    '고르신 것은 이 기기에만 남아요. 노래를 고를 때마다 함께 보내고, 서버에는 남기지 않아요.',
  'traceless.title': '서버에 아무것도 남기지 않아요',
  'traceless.hint': '원하신 대로예요. 이 화면은 저장할 곳이 필요해요. 설정에서 바꿀 수 있어요.',
  'consent.continue': '계속하기',
  'consent.later': '둘 다 없어도 기분을 골라 노래를 들을 수 있어요. 설정에서 언제든 바꿔요.',
  'consent.settings': '허락한 것',
  'consent.camera.off': '카메라는 꺼 둘게요',
  'consent.camera.off.hint': '원하신 대로예요. 설정에서 다시 허락할 수 있어요.',
  'privacy.title': '이 기기를 떠나는 것',
  'privacy.lead':
    '이 페이지를 연 뒤로 요청하거나 보낸 모든 것이에요. 브라우저의 네트워크 도구와 견주어 확인해 보실 수 있어요.',
  'privacy.sum': '{hosts}에 요청 {requests}번, 보낸 데이터 {bytes}. 사진은 하나도 없어요.',
  'privacy.never': '절대 보내지 않는 것',
  'privacy.never.text':
    '카메라의 사진과 영상, 얼굴의 위치와 생김새와 특징. 이 기기의 메모리에서 읽고 바로 잊어요. 브라우저도 다른 곳으로 보내는 것을 막아요.',
  'privacy.kept': '이 서버로 보내는 것',
  'privacy.kept.text':
    '10초쯤마다 숫자 여섯 개, 곧 각 표정이 얼마나 그래 보였는지. 그리고 어떤 노래가 나왔는지, 무엇을 누르셨는지, 직접 쓰신 글. 모두 기록에서 보고, 내보내고, 지우실 수 있어요.',
  'privacy.traceless':
    '아무것도 남기지 않기로 했다면(설정) 서버는 노래를 골라 주기만 하고 세션도 쿠키도 기록도 남기지 않아요. 고르신 장르는 물을 때 함께 보내요.',
  'privacy.cookie':
    '예전에 세션이 있었다면 그 쿠키가 이 브라우저에 남아 있어요. 노래를 물을 때는 보내지 않고, 이 페이지가 오프라인에서도 열리는 브라우저라면 노래와 표지를 받을 때도 보내지 않아요. 페이지 자체의 파일을 받을 때만 브라우저가 어쩔 수 없이 함께 보내는데, 서버는 보지 않아요. 로그아웃하거나 데이터를 지우면 없어져요.',
  'privacy.youtube':
    'YouTube에는 그곳 노래가 나올 때만, YouTube의 플레이어가 요청해요. 그 플레이어가 YouTube에 무엇을 알리는지는 이 페이지가 볼 수 없어요. 이 사이트의 주소는 알지만, 사진이나 표정은 알지 못해요.',
  'privacy.own': '이 서버',
  'privacy.requests': '모든 요청',
  'privacy.what': '종류',
  'privacy.where': '주소',
  'privacy.times': '횟수',
  'privacy.bytes': '보낸 바이트',
  'privacy.empty': '아직 없어요.',
};
